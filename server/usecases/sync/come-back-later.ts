import { lockRun, type SyncRunRow } from "../../db/queries/sync-run.ts";
import type { Deps } from "../../deps.ts";

const COME_BACK_MS = 3_000;
/** By how much the database's clock, which starts jobs, may be ahead of ours. */
const CLOCKS_DIFFER_MS = 5_000;

/**
 * Somebody else holds the run's record, an agent's click or another push: its job comes again in a moment. A run that a batch
 * has claimed keeps the job that was left for it.
 */
export async function comeBackLater(deps: Deps, runId: string): Promise<void> {
  const at = new Date(deps.now().getTime() + COME_BACK_MS);
  await deps.db.transaction(async (tx) => {
    const run = await lockRun(tx, runId);
    if (!run || run.status === "done" || run.status === "failed" || isClaimed(run, deps.now())) return;
    await deps.enqueueRun(tx, run, at);
  });
}

/** A batch is at work on it. Should that die, the job that was left for the run comes when the claim ends. */
export function isClaimed({ status, nextAttemptAt }: SyncRunRow, now: Date): boolean {
  return status === "running" && nextAttemptAt !== null && nextAttemptAt.getTime() > now.getTime() + CLOCKS_DIFFER_MS;
}
