import { findBatch } from "../../db/queries/import-batch.ts";
import type { Deps } from "../../deps.ts";

/** Tells consoles that a batch has changed. */
export async function publishBatch(deps: Deps, id: string): Promise<void> {
  const batch = await findBatch(deps.db, id);
  if (!batch) return;
  const news = { kind: "import_batch" as const, id, conversationId: null, contactId: null, version: batch.version };
  deps.publish.toAgents("everyone", "changed", news);
}
