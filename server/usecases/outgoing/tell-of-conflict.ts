import { ConflictSettled } from "@rolodesk/shared/outgoing-event";
import type { Tx } from "../../db/client.ts";
import { findConflictWithSite } from "../../db/queries/told-rows.ts";
import type { Deps } from "../../deps.ts";
import { tell } from "./tell.ts";

/** That a conflict waits, as the transaction has it now. */
export async function tellConflictQueued(tx: Tx, deps: Deps, conflictId: string): Promise<void> {
  await tell(tx, deps, "conflict.queued", () => describe(tx, conflictId));
}

/** That a conflict ended, as the transaction has it now. */
export async function tellConflictSettled(tx: Tx, deps: Deps, conflictId: string): Promise<void> {
  await tell(tx, deps, "conflict.settled", async () => {
    const found = await findConflictWithSite(tx, conflictId);
    const data = await describe(tx, conflictId);
    const outcome = ConflictSettled.shape.outcome.safeParse(found?.conflict.status);
    if (!found || !data || !outcome.success) return null;
    return { ...data, outcome: outcome.data, decidedBy: found.conflict.decidedBy };
  });
}

async function describe(tx: Tx, conflictId: string) {
  const found = await findConflictWithSite(tx, conflictId);
  if (!found) return null;
  const { id, connectionId, contactId, conversationId, field, property, crmValue, chatValue } = found.conflict;
  const what = { field, property, crmValue, chatValue };
  return { conflictId: id, connectionId, contactId, conversationId, siteId: found.siteId, ...what };
}
