import type { Connection } from "@rolodesk/shared/connection";
import { EmptyState, ErrorCard, Skeleton } from "../../../components/state-cards.tsx";
import { listConnections, listProviders } from "../../../endpoints/settings.ts";
import { followLink, hrefOf, place } from "../../../router.ts";
import { useResource } from "../../../use-resource.ts";
import { MappingEditor } from "../mapping/mapping-editor.tsx";
import { PageHeader } from "../page-header.tsx";
import { AuthorizeCard } from "./authorize-card.tsx";
import { ConnectedCard } from "./connected-card.tsx";
import { ConnectionForm } from "./connection-form.tsx";
import { ConnectionStatusCard } from "./connection-status-card.tsx";
import { accountText } from "./connection-words.ts";
import { ContactsCard } from "./contacts-card.tsx";
import { HealthCard } from "./health-card.tsx";
import { WebhookCard } from "./webhook-card.tsx";

const BACK = { path: "/settings/connections", label: "CRM connections" };

export function ConnectionPage({ id }: { id: string }) {
  const connections = useResource(
    `connection ${id}`,
    listConnections,
    (change) => change.kind === "connection" && change.id === id,
  );
  const providers = useResource("providers", listProviders);
  const problem = connections.problem ?? providers.problem;
  const connection = connections.data?.connections.find((known) => known.id === id);
  const provider = providers.data?.providers.find((known) => known.provider === connection?.provider);
  if (problem && !connection) {
    return (
      <ErrorCard
        message={problem}
        onRetry={() => {
          connections.reload();
          providers.reload();
        }}
      />
    );
  }
  if (!connections.data || !providers.data) return <Skeleton lines={6} label="Loading the connection" />;
  if (!connection || !provider) {
    return (
      <>
        <PageHeader title="Connection" back={BACK} />
        <EmptyState>This connection does not exist any more.</EmptyState>
      </>
    );
  }

  function show(changed: Connection): void {
    const known = connections.data?.connections ?? [];
    connections.set({ connections: known.map((other) => (other.id === changed.id ? changed : other)) });
  }
  const isNew = place.value.query.has("connected") || place.value.query.has("authorized");
  const tab = place.value.query.get("tab") === "mapping" ? "mapping" : "connection";
  return (
    <>
      <PageHeader title={connection.name} lead={accountText(connection)} back={BACK} />
      <nav class="settings-tabs" aria-label="Connection">
        <TabLink id={id} tab="connection" label="Connection" current={tab} />
        <TabLink id={id} tab="mapping" label="Data mapping" current={tab} />
      </nav>
      {tab === "mapping" ? (
        <MappingEditor key={connection.id} connection={connection} objects={provider.objects} onConnection={show} />
      ) : (
        <>
          {isNew && connection.status === "active" && <ConnectedCard connection={connection} />}
          <ConnectionStatusCard connection={connection} onChanged={show} />
          <HealthCard key={`health ${connection.id}`} connection={connection} />
          <ConnectionForm key={connection.id} connection={connection} provider={provider} onSaved={show} />
          <ContactsCard key={`contacts ${connection.id}`} connection={connection} />
          <AuthorizeCard key={`authorize ${connection.id}`} connection={connection} provider={provider} />
          <WebhookCard
            key={`webhook ${connection.id}`}
            connectionId={connection.id}
            providerName={connection.providerName}
          />
        </>
      )}
    </>
  );
}

function TabLink({ id, tab, label, current }: { id: string; tab: string; label: string; current: string }) {
  const search = tab === "connection" ? "" : `?tab=${tab}`;
  return (
    <a
      href={hrefOf(`/settings/connections/${id}${search}`)}
      aria-current={tab === current ? "page" : undefined}
      onClick={followLink}
    >
      {label}
    </a>
  );
}
