import type { Connection } from "@rolodesk/shared/connection";
import { FlaskConical, Plus } from "lucide";
import { Icon } from "../../../components/icon.tsx";
import { Loaded } from "../../../components/loaded.tsx";
import { ProviderMark } from "../../../components/provider-mark.tsx";
import { RelativeTime } from "../../../components/relative-time.tsx";
import { EmptyState } from "../../../components/state-cards.tsx";
import { Tag } from "../../../components/tag.tsx";
import { listConnections } from "../../../endpoints/settings.ts";
import { followLink, hrefOf } from "../../../router.ts";
import { useResource } from "../../../use-resource.ts";
import { PageHeader } from "../page-header.tsx";
import { STATUS_WORDS, waitingText } from "./connection-words.ts";
import { faultsLine } from "./mapping-faults.tsx";

export function ConnectionsPage() {
  const connections = useResource("connections", listConnections, ({ kind }) => kind === "connection");
  return (
    <>
      <PageHeader
        title="CRM connections"
        lead="Each connection is one account in one CRM. Conversations sync to all of them, each on its own."
        action={
          <div class="ui-row">
            {connections.data && connections.data.connections.length > 0 && (
              <a
                class="ui-button ui-button-outline"
                href={hrefOf("/settings/connections/dry-run")}
                onClick={followLink}
              >
                <Icon node={FlaskConical} />
                <span>Dry run</span>
              </a>
            )}
            <a class="ui-button ui-button-solid" href={hrefOf("/settings/connections/new")} onClick={followLink}>
              <Icon node={Plus} />
              <span>Connect a CRM</span>
            </a>
          </div>
        }
      />
      <Loaded of={connections} loading="Loading connections">
        {({ connections: all }) =>
          all.length === 0 ? (
            <EmptyState>No CRM is connected yet.</EmptyState>
          ) : (
            <ul class="settings-list">
              {all.map((connection) => (
                <ConnectionRow key={connection.id} connection={connection} />
              ))}
            </ul>
          )
        }
      </Loaded>
    </>
  );
}

function ConnectionRow({ connection }: { connection: Connection }) {
  const status = STATUS_WORDS[connection.status];
  const faults = faultsLine(connection);
  return (
    <li>
      <a
        class="settings-row settings-row-link"
        href={hrefOf(`/settings/connections/${connection.id}`)}
        onClick={followLink}
      >
        <ProviderMark provider={connection.provider} />
        <span class="settings-row-main">
          <span class="settings-row-name">{connection.name}</span>
          <span class="settings-row-about">
            {connection.providerName !== connection.name && `${connection.providerName} · `}
            {connection.accountName} · {waitingText(connection.waitingRuns)}
            {connection.lastSyncedAt && (
              <>
                {" "}
                · last sync <RelativeTime at={connection.lastSyncedAt} />
              </>
            )}
          </span>
          {connection.problem && <span class="settings-row-problem">{connection.problem}</span>}
          {faults && <span class="settings-row-problem">{faults}</span>}
        </span>
        <Tag tone={status.tone}>{status.text}</Tag>
      </a>
    </li>
  );
}
