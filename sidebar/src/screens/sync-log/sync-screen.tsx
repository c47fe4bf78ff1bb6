import "../../theme/log.css";
import "../../theme/charts.css";
import { ListPage } from "../../components/list-page.tsx";
import { listConnections } from "../../endpoints/settings.ts";
import { matchPath } from "../../router.ts";
import { useResource } from "../../use-resource.ts";
import { ChartsPage } from "./charts-page.tsx";
import { LogPage } from "./log-page.tsx";
import { RunPage } from "./run-page.tsx";

/** What was pushed to the CRMs: the log, a run, the charts. */
export function SyncScreen({ path }: { path: string }) {
  const { data } = useResource("connections", listConnections);
  const connections = data?.connections ?? [];
  const run = matchPath("/sync/:id", path);
  const charts = path === "/sync/charts";
  return (
    <main class="log">
      {run?.id && !charts ? (
        <RunPage key={run.id} id={run.id} />
      ) : (
        <ListPage
          title="Sync"
          tabs={[
            { path: "/sync", label: "Log", current: !charts },
            { path: "/sync/charts", label: "Charts", current: charts },
          ]}
        >
          {charts ? <ChartsPage connections={connections} /> : <LogPage connections={connections} />}
        </ListPage>
      )}
    </main>
  );
}
