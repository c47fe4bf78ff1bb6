import "../../theme/settings.css";
import { Braces, Cable, Globe, type IconNode, KeyRound, UserRound, Users, Webhook } from "lucide";
import { useEffect, useRef } from "preact/hooks";
import { Icon } from "../../components/icon.tsx";
import { Lazy } from "../../components/lazy.tsx";
import { EmptyState } from "../../components/state-cards.tsx";
import { followLink, hrefOf, matchPath } from "../../router.ts";
import { currentUser } from "../../session.ts";
import { AccountPage } from "./account/account-page.tsx";
import { ApiPage } from "./api/api-page.tsx";
import { ApiKeysPage } from "./api-keys/api-keys-page.tsx";
import { AddConnectionPage } from "./connections/add-connection-page.tsx";
import { ConnectionPage } from "./connections/connection-page.tsx";
import { ConnectionsPage } from "./connections/connections-page.tsx";
import { SitePage } from "./sites/site-page.tsx";
import { SitesPage } from "./sites/sites-page.tsx";
import { UsersPage } from "./users/users-page.tsx";
import { WebhookPage } from "./webhooks/webhook-page.tsx";
import { WebhooksPage } from "./webhooks/webhooks-page.tsx";

const SECTIONS: readonly { path: string; label: string; icon: IconNode; adminsOnly: boolean }[] = [
  { path: "/settings/sites", label: "Sites", icon: Globe, adminsOnly: true },
  { path: "/settings/connections", label: "CRM connections", icon: Cable, adminsOnly: true },
  { path: "/settings/users", label: "Users", icon: Users, adminsOnly: true },
  { path: "/settings/api-keys", label: "API keys", icon: KeyRound, adminsOnly: true },
  { path: "/settings/webhooks", label: "Webhooks", icon: Webhook, adminsOnly: true },
  { path: "/settings/api", label: "API", icon: Braces, adminsOnly: false },
  { path: "/settings/account", label: "Your account", icon: UserRound, adminsOnly: false },
];

export function SettingsScreen({ path }: { path: string }) {
  const isAdmin = currentUser().role === "admin";
  const section = SECTIONS.find((known) => path === known.path || path.startsWith(`${known.path}/`));
  const forbidden = section?.adminsOnly === true && !isAdmin;
  const here = useRef<HTMLAnchorElement>(null);
  // narrow, the sections are a row that scrolls sideways
  useEffect(() => here.current?.scrollIntoView?.({ block: "nearest", inline: "nearest" }), [section]);
  return (
    <div class="settings">
      <nav class="settings-nav" aria-label="Settings">
        <h1>Settings</h1>
        {SECTIONS.filter(({ adminsOnly }) => isAdmin || !adminsOnly).map((known) => (
          <a
            key={known.path}
            ref={known === section ? here : undefined}
            class="settings-link"
            href={hrefOf(known.path)}
            aria-current={known === section ? "page" : undefined}
            onClick={followLink}
          >
            <Icon node={known.icon} size={20} />
            {known.label}
          </a>
        ))}
      </nav>
      <main class="settings-main">{forbidden ? <AskAdmin /> : <Page path={path} isAdmin={isAdmin} />}</main>
    </div>
  );
}

const loadDryRun = () => import("./dry-run/dry-run-page.tsx").then((module) => module.DryRunPage);

function Page({ path, isAdmin }: { path: string; isAdmin: boolean }) {
  if (path === "/settings/account") return <AccountPage />;
  if (path === "/settings/api-keys") return <ApiKeysPage />;
  if (path === "/settings/api") return <ApiPage />;
  if (path === "/settings/users") return <UsersPage />;
  if (path === "/settings/webhooks") return <WebhooksPage />;
  const webhook = matchPath("/settings/webhooks/:id", path);
  if (webhook?.id) return <WebhookPage key={webhook.id} id={webhook.id} />;
  if (path === "/settings/connections") return <ConnectionsPage />;
  if (path === "/settings/connections/new") return <AddConnectionPage />;
  if (path === "/settings/connections/dry-run") return <Lazy load={loadDryRun} props={{}} />;
  const connection = matchPath("/settings/connections/:id", path);
  if (connection?.id) return <ConnectionPage key={connection.id} id={connection.id} />;
  const site = matchPath("/settings/sites/:id", path);
  if (site?.id) return <SitePage key={site.id} id={site.id === "new" ? null : site.id} />;
  return isAdmin ? <SitesPage /> : <AccountPage />;
}

function AskAdmin() {
  return (
    <EmptyState
      action={
        <a class="ui-link" href={hrefOf("/settings/account")} onClick={followLink}>
          Go to your account
        </a>
      }
    >
      Only admins can change this. Ask an admin.
    </EmptyState>
  );
}
