import type { ComponentType } from "preact";
import { useEffect } from "preact/hooks";
import { Lazy } from "./components/lazy.tsx";
import { ErrorCard } from "./components/state-cards.tsx";
import { ToastList } from "./components/toast-list.tsx";
import { matchPath, navigate, place } from "./router.ts";
import { InboxScreen } from "./screens/inbox/inbox-screen.tsx";
import { LoginScreen } from "./screens/login/login-screen.tsx";
import { ResetScreen } from "./screens/login/reset-screen.tsx";
import { SetupScreen } from "./screens/login/setup-screen.tsx";
import { loadSession, session } from "./session.ts";
import { Shell } from "./shell/shell.tsx";

/** Paths that need nobody signed in. */
const OUTSIDE = new Set(["/login", "/setup", "/reset"]);

/** What is fetched when it is first shown, by where its paths begin. */
const PARTS: readonly { root: string; load: () => Promise<ComponentType<{ path: string }>> }[] = [
  { root: "/settings", load: async () => (await import("./screens/settings/settings-screen.tsx")).SettingsScreen },
  { root: "/sync", load: async () => (await import("./screens/sync-log/sync-screen.tsx")).SyncScreen },
  { root: "/contacts", load: async () => (await import("./screens/contacts/contacts-screen.tsx")).ContactsScreen },
  { root: "/imports", load: async () => (await import("./screens/imports/imports-screen.tsx")).ImportsScreen },
  {
    root: "/conflicts",
    load: async () => (await import("./screens/conflicts-queue/conflicts-screen.tsx")).ConflictsScreen,
  },
  { root: "/audit", load: async () => (await import("./screens/audit/audit-screen.tsx")).AuditScreen },
];

export function App() {
  useEffect(() => void loadSession(), []);
  return (
    <>
      <Screen />
      <ToastList />
    </>
  );
}

function Screen() {
  const { path } = place.value;
  const known = session.value;
  if (path === "/reset") return <ResetScreen />;
  if (known.state === "unknown") return null;
  if (known.state === "unreachable") {
    return (
      <main class="outside">
        <ErrorCard message={known.message} onRetry={() => void loadSession()} />
      </main>
    );
  }
  if (known.state === "out") return path === "/setup" ? <SetupScreen /> : <LoginScreen />;
  if (OUTSIDE.has(path) || path === "/") return <Redirect to="/inbox" />;
  return (
    <Shell>
      <Inside path={path} />
    </Shell>
  );
}

function Inside({ path }: { path: string }) {
  if (path === "/inbox") return <InboxScreen conversationId={null} />;
  const conversation = matchPath("/inbox/:id", path);
  if (conversation?.id) return <InboxScreen conversationId={conversation.id} />;
  const part = PARTS.find(({ root }) => path === root || path.startsWith(`${root}/`));
  if (part) return <Lazy key={part.root} load={part.load} props={{ path }} />;
  return <Redirect to={path === "/api" ? "/settings/api" : "/inbox"} />;
}

function Redirect({ to }: { to: string }) {
  useEffect(() => navigate(to, { replace: true }), [to]);
  return null;
}
