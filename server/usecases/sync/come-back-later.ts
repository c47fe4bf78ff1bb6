import { lockRun } from "../../db/queries/sync-run.ts";
import type { Deps } from "../../deps.ts";

const COME_BACK_MS = 3_000;

/** Somebody else holds the run's record, an agent's click or another push: its job comes again in a moment. */
export async function comeBackLater(deps: Deps, runId: string): Promise<void> {
  const at = new Date(deps.now().getTime() + COME_BACK_MS);
  await deps.db.transaction(async (tx) => {
    const run = await lockRun(tx, runId);
    if (run && run.status !== "done" && run.status !== "failed") await deps.enqueueRun(tx, run, at);
  });
}
