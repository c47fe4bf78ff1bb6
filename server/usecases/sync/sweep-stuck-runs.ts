import { releaseAbandonedConflicts } from "../../db/queries/conflict.ts";
import { listOverdueRuns } from "../../db/queries/sync-run.ts";
import type { Deps } from "../../deps.ts";

const OVERDUE_MS = 2 * 60_000;
const ABANDONED_MS = 60_000;

/**
 * A second net under the queue: a run that should have begun long ago gets its job again (one it still has is only
 * moved), and a conflict left half-way by a killed process goes back to the agents.
 */
export async function sweepStuckRuns(deps: Deps): Promise<void> {
  const now = deps.now().getTime();
  for (const run of await listOverdueRuns(deps.db, new Date(now - OVERDUE_MS))) {
    await deps.db.transaction((tx) => deps.enqueueRun(tx, run));
  }
  await releaseAbandonedConflicts(deps.db, new Date(now - ABANDONED_MS));
}
