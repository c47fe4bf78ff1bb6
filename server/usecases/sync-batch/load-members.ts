import { type ConnectionRow, listMapping } from "../../db/queries/connection.ts";
import { listCrmFields } from "../../db/queries/crm-field.ts";
import type { SyncRunRow } from "../../db/queries/sync-run.ts";
import type { Deps } from "../../deps.ts";
import type { OpenConnector } from "../../integrations/connector-factory.ts";
import type { KnownOfConnection } from "../sync/push-context.ts";
import { loadRunContext, type RunContext } from "../sync/run-context.ts";
import { goAlone, type Member } from "./deal-with.ts";
import { fewAtATime } from "./few-at-a-time.ts";

/** What each claimed run is about; what is the connection's is read once for all, and `crm` is theirs together. One that cannot be read, or whose contact is gone, is left to its own push. */
export async function loadMembers(
  deps: Deps,
  connection: ConnectionRow,
  crm: OpenConnector,
  runs: readonly SyncRunRow[],
): Promise<Member[]> {
  const mapping = await listMapping(deps.db, connection.id);
  const known = { crm, mapping, crmFields: await listCrmFields(deps.db, connection.id) };
  const members = await fewAtATime(runs, async (run): Promise<Member[]> => {
    const { lease } = run;
    if (!lease) return [];
    const context = await contextOf(deps, run, connection, known);
    if (context) return [{ run, connection, lease, context }];
    await goAlone(deps, { run, lease, context });
    return [];
  });
  return members.flat();
}

async function contextOf(
  deps: Deps,
  run: SyncRunRow,
  connection: ConnectionRow,
  known: KnownOfConnection,
): Promise<RunContext | null> {
  try {
    return await loadRunContext(deps, run, connection, known);
  } catch (err) {
    deps.log.error({ err, runId: run.id }, "a run could not be read for its batch; it goes on alone");
    return null;
  }
}
