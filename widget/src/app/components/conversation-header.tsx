import { ChevronLeft, Ellipsis, X } from "lucide";
import { useRef, useState } from "preact/hooks";
import type { App } from "../app-context.ts";
import { useObservable } from "../observable.ts";
import { EndChat } from "./end-chat.tsx";
import { Presence } from "./home.tsx";
import { Icon } from "./icon.tsx";

export function ConversationHeader({ app }: { app: App }) {
  const { chat, config, host, language, ui } = app;
  const { words } = language;
  const { agentsOnline, conversation } = useObservable(chat.state);
  const [menuOpen, setMenuOpen] = useState(false);
  const menuButton = useRef<HTMLButtonElement>(null);
  const canEnd = conversation?.status === "open";

  function closeMenu(): void {
    setMenuOpen(false);
    menuButton.current?.focus();
  }

  return (
    <>
      <header class="bar">
        <button
          type="button"
          class="icon-button bar-back"
          aria-label={words.back}
          onClick={() => ui.set({ ...ui.get(), view: "home" })}
        >
          <Icon node={ChevronLeft} />
        </button>
        <div class="bar-title">
          <h1>
            <bdi>{config.name}</bdi>
          </h1>
          <Presence online={agentsOnline} words={words} />
        </div>
        {canEnd && (
          <button
            type="button"
            class="icon-button"
            ref={menuButton}
            aria-label={words.menu}
            aria-expanded={menuOpen}
            onClick={() => setMenuOpen(!menuOpen)}
          >
            <Icon node={Ellipsis} />
          </button>
        )}
        <button type="button" class="icon-button" aria-label={words.close} onClick={() => host.send({ type: "close" })}>
          <Icon node={X} />
        </button>
      </header>
      {canEnd && menuOpen && <EndChat app={app} done={closeMenu} />}
    </>
  );
}
