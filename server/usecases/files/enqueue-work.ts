import type { BatchWork } from "@rolodesk/shared/vocabulary";
import type { Tx } from "../../db/client.ts";
import { updateBatch } from "../../db/queries/import-batch.ts";
import type { Deps } from "../../deps.ts";

/** Has a job begin a piece of work on a batch. `rows`: how many it is about. */
export async function enqueueWork(tx: Tx, deps: Deps, batchId: string, work: BatchWork, rows: number): Promise<void> {
  const begun = { work, workTotal: rows, workDone: 0, workStartedAt: deps.now() };
  await updateBatch(tx, batchId, { ...begun, status: "processing" });
  await goOnLater(tx, deps, batchId);
}

/** The next part of the same work; one part of a batch at a time. */
export async function goOnLater(tx: Tx, deps: Deps, batchId: string, runAt?: Date): Promise<void> {
  const name = `file:${batchId}`;
  await deps.enqueue(tx, { name: "work-on-file", payload: { batchId } }, { jobKey: name, queue: name, runAt });
}
