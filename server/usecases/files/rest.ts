import { updateBatch } from "../../db/queries/import-batch.ts";
import { hasRows } from "../../db/queries/import-row.ts";
import type { Deps } from "../../deps.ts";

/** Nothing is done with a batch any more: it waits for somebody, or is complete. */
export async function rest(deps: Deps, id: string, change: { undoneAt?: Date; problem?: string } = {}): Promise<void> {
  const waits = await hasRows(deps.db, id, ["pending", "approved"]);
  await updateBatch(deps.db, id, { problem: null, ...change, work: null, status: waits ? "pending" : "completed" });
}
