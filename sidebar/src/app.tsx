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
  if (path === "/settings" || path.startsWith("/settings/")) {
    return (
      <Lazy
        key="settings"
        load={() => import("./screens/settings/settings-screen.tsx").then((module) => module.SettingsScreen)}
        props={{ path }}
      />
    );
  }
  if (path === "/sync" || path.startsWith("/sync/")) {
    return (
      <Lazy
        key="sync"
        load={() => import("./screens/sync-log/sync-screen.tsx").then((module) => module.SyncScreen)}
        props={{ path }}
      />
    );
  }
  if (path === "/contacts" || path.startsWith("/contacts/")) {
    return (
      <Lazy
        key="contacts"
        load={() => import("./screens/contacts/contacts-screen.tsx").then((module) => module.ContactsScreen)}
        props={{ path }}
      />
    );
  }
  if (path === "/imports" || path.startsWith("/imports/")) {
    return (
      <Lazy
        key="imports"
        load={() => import("./screens/imports/imports-screen.tsx").then((module) => module.ImportsScreen)}
        props={{ path }}
      />
    );
  }
  if (path === "/conflicts" || path.startsWith("/conflicts/")) {
    return (
      <Lazy
        key="conflicts"
        load={() => import("./screens/conflicts-queue/conflicts-screen.tsx").then((module) => module.ConflictsScreen)}
        props={{ path }}
      />
    );
  }
  if (path === "/audit") {
    return (
      <Lazy
        key="audit"
        load={() => import("./screens/audit/audit-screen.tsx").then((module) => module.AuditScreen)}
        props={{}}
      />
    );
  }
  return <Redirect to={path === "/api" ? "/settings/api" : "/inbox"} />;
}

function Redirect({ to }: { to: string }) {
  useEffect(() => navigate(to, { replace: true }), [to]);
  return null;
}
