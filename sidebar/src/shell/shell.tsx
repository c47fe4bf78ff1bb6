import type { ComponentChildren } from "preact";
import { useLayoutEffect, useState } from "preact/hooks";
import { Lazy } from "../components/lazy.tsx";
import { listenForKeys, onCommand } from "../keys.ts";
import { liveState } from "../live.ts";
import { matchPath, navigate, place } from "../router.ts";
import { inboxQuery, neighbourOf, searchOf } from "../screens/inbox/inbox-store.ts";
import { currentUser } from "../session.ts";
import { AdminNotices } from "./admin-notices.tsx";
import { Rail } from "./rail.tsx";

type Raised = "help" | "palette" | null;

/** What is around every signed-in screen: the rail, the shortcuts, the notice of a lost connection. */
export function Shell({ children }: { children: ComponentChildren }) {
  const [raised, setRaised] = useState<Raised>(null);
  const close = () => setRaised(null);
  useLayoutEffect(listenForKeys, []);
  useLayoutEffect(
    () =>
      onCommand({
        help: () => setRaised("help"),
        palette: () => setRaised("palette"),
        next: () => step(1),
        previous: () => step(-1),
        search: focusSearch,
        close: leaveThread,
      }),
    [],
  );
  return (
    <div class="shell">
      <Rail onHelp={() => setRaised("help")} />
      <div class="shell-main">
        {liveState.value === "lost" && (
          <p class="shell-lost" role="status">
            Connection lost. Reconnecting; what you see may be out of date.
          </p>
        )}
        {currentUser().role === "admin" && <AdminNotices />}
        {children}
      </div>
      {raised === "help" && (
        <Lazy load={() => import("./help-dialog.tsx").then((module) => module.HelpDialog)} props={{ onClose: close }} />
      )}
      {raised === "palette" && (
        <Lazy load={() => import("./palette.tsx").then((module) => module.Palette)} props={{ onClose: close }} />
      )}
    </div>
  );
}

function openId(): string | null {
  return matchPath("/inbox/:id", place.value.path)?.id ?? null;
}

function step(by: 1 | -1): void {
  const next = neighbourOf(openId(), by);
  if (!next) return;
  navigate(`/inbox/${next}${searchOf(inboxQuery.value)}`);
  document.querySelector(`[data-conversation="${CSS.escape(next)}"]`)?.scrollIntoView({ block: "nearest" });
}

function focusSearch(): void {
  document.querySelector<HTMLInputElement>("[data-search]")?.focus();
}

/** On narrow screens the thread is a page of its own; Esc goes back to the list. */
function leaveThread(): void {
  if (openId() && window.matchMedia("(max-width: 899px)").matches) navigate(`/inbox${searchOf(inboxQuery.value)}`);
}
