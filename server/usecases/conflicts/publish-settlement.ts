import { findSettlement } from "../../db/queries/settlement.ts";
import type { Deps } from "../../deps.ts";

/** Tells the console that a settlement has moved on. After the commit. */
export async function publishSettlement(deps: Deps, id: string): Promise<void> {
  const row = await findSettlement(deps.db, id);
  if (!row) return;
  deps.publish.toAgents("everyone", "changed", {
    kind: "settlement",
    id,
    conversationId: null,
    contactId: null,
    version: row.version,
  });
}
