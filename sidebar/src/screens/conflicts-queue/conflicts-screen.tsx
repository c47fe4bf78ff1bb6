import "../../theme/log.css";
import { ListPage } from "../../components/list-page.tsx";
import { listConnections, listSites } from "../../endpoints/settings.ts";
import { matchPath, place } from "../../router.ts";
import { useResource } from "../../use-resource.ts";
import { ConflictPage } from "./conflict-page.tsx";
import { QueuePage } from "./queue-page.tsx";
import { queueSearchOf, readQueueFilter } from "./queue-query.ts";
import { SettlementPage } from "./settlement-page.tsx";

/** Conflicts of all conversations: those that wait, those that were decided, and decisions about many. */
export function ConflictsScreen({ path }: { path: string }) {
  const connections = useResource("connections", listConnections).data?.connections ?? [];
  const sites = useResource("sites", listSites).data?.sites ?? [];
  const settlement = matchPath("/conflicts/settlements/:id", path);
  const one = matchPath("/conflicts/:id", path);
  const filter = readQueueFilter(place.value.query);
  return (
    <main class="log">
      {settlement?.id ? (
        <SettlementPage key={settlement.id} id={settlement.id} />
      ) : one?.id ? (
        <ConflictPage key={one.id} id={one.id} />
      ) : (
        <ListPage
          title="Conflicts"
          tabs={(["open", "decided"] as const).map((state) => ({
            path: `/conflicts${queueSearchOf({ ...filter, state })}`,
            label: state === "open" ? "Waiting" : "Decided",
            current: filter.state === state,
          }))}
        >
          <QueuePage key={queueSearchOf(filter)} filter={filter} connections={connections} sites={sites} />
        </ListPage>
      )}
    </main>
  );
}
