import type { Tx } from "../../db/client.ts";
import { lockTold, wakeIgnoredEvents } from "../../db/queries/told-records.ts";
import type { Deps } from "../../deps.ts";
import type { RecordRef } from "../../domain/connector.ts";

/** Longer than any push takes from its first read to its link. */
const TOLD_WITHIN_MS = 10 * 60_000;

/**
 * Called where a record gets its link, in the same transaction: what its CRM told of it while nobody was linked was left
 * alone, and may be newer than what was read. It is read again.
 */
export async function rereadIfTold(
  tx: Tx,
  deps: Pick<Deps, "enqueueWebhookEvent" | "now">,
  connectionId: string,
  record: RecordRef,
): Promise<void> {
  await lockTold(tx, connectionId, record);
  const since = new Date(deps.now().getTime() - TOLD_WITHIN_MS);
  const [event] = await wakeIgnoredEvents(tx, connectionId, record, since);
  if (event) await deps.enqueueWebhookEvent(tx, event);
}
