import type { UserActor } from "../../actor.ts";
import { insertAudit } from "../../db/queries/audit.ts";
import { countFailedRuns, listFailedRunIds } from "../../db/queries/sync-log.ts";
import { lockRun } from "../../db/queries/sync-run.ts";
import type { Deps } from "../../deps.ts";
import { getConnection } from "../connections/get-connection.ts";
import { publishRun } from "./publish-run.ts";
import { assertActive } from "./request-sync.ts";
import { requeue } from "./retry-run.ts";

const CHUNK = 100;

/** How many runs of a connection `retryFailedRuns` would take out of the dead letter. */
export async function countFailed(deps: Deps, actor: UserActor, connectionId: string): Promise<number> {
  const { id } = await getConnection(deps.db, actor, connectionId);
  return await countFailedRuns(deps.db, id);
}

/**
 * Takes every run of a connection that has failed until now out of the dead letter. In chunks: what was cut short has retried
 * some of them, and asking again retries the rest. Returns how many.
 */
export async function retryFailedRuns(deps: Deps, actor: UserActor, connectionId: string): Promise<number> {
  const connection = await getConnection(deps.db, actor, connectionId);
  assertActive(connection);
  const before = new Date(deps.now().getTime() + 1);
  let retried = 0;
  for (;;) {
    const ids = await listFailedRunIds(deps.db, connectionId, before, CHUNK);
    if (ids.length === 0) break;
    await deps.db.transaction(async (tx) => {
      for (const id of ids) {
        const run = await lockRun(tx, id);
        if (run?.status === "failed") await requeue(tx, deps, run);
      }
    });
    for (const id of ids) await publishRun(deps, id);
    retried += ids.length;
  }
  await deps.db.transaction((tx) =>
    insertAudit(tx, deps, actor, {
      action: "connection.retried_failed",
      subject: { kind: "connection", id: connectionId },
      data: { runs: retried },
    }),
  );
  return retried;
}
