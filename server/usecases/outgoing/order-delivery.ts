import type { Tx } from "../../db/client.ts";
import type { Deps } from "../../deps.ts";

/** Puts a delivery in its endpoint's queue: one at a time, so that one slow receiver takes one worker and no more. */
export async function orderDelivery(
  tx: Tx,
  deps: Deps,
  { id, endpointId }: { readonly id: string; readonly endpointId: string },
  runAt?: Date,
): Promise<void> {
  const options = { jobKey: `delivery:${id}`, queue: `endpoint:${endpointId}`, ...(runAt ? { runAt } : {}) };
  await deps.enqueue(tx, { name: "deliver-webhook", payload: { deliveryId: id } }, options);
}
