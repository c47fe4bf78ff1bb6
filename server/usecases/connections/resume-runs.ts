import type { Tx } from "../../db/client.ts";
import { findUnfinishedImport } from "../../db/queries/import-run.ts";
import { listUnfinishedRuns, updateRun } from "../../db/queries/sync-run.ts";
import { listWaitingRecords } from "../../db/queries/webhook-event.ts";
import type { Deps } from "../../deps.ts";
import { goOn } from "../imports/steer-import.ts";

/**
 * Gives the runs a connection kept while it was paused or broken their jobs again, in their order, and the records its CRM
 * told of meanwhile theirs.
 */
export async function resumeRuns(tx: Tx, deps: Deps, connectionId: string): Promise<void> {
  for (const run of await listUnfinishedRuns(tx, connectionId)) {
    if (run.status === "running") continue;
    await updateRun(tx, run.id, { status: "queued", nextAttemptAt: null, reason: null });
    await deps.enqueueRun(tx, run);
  }
  const imported = await findUnfinishedImport(tx, connectionId);
  if (imported?.status === "running" || imported?.status === "waiting") await goOn(deps, tx, imported);
  for (const event of await listWaitingRecords(tx, connectionId)) await deps.enqueueWebhookEvent(tx, event);
}
