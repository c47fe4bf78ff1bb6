import { OutgoingEvent } from "@rolodesk/shared/outgoing-event";
import type { OutgoingEventType } from "@rolodesk/shared/vocabulary";
import type { Tx } from "../../db/client.ts";
import { insertDeliveries, listEndpointsFor } from "../../db/queries/webhook-endpoint.ts";
import type { Deps } from "../../deps.ts";
import { orderDelivery } from "./order-delivery.ts";

type DataOf<Type extends OutgoingEventType> = Extract<OutgoingEvent, { type: Type }>["data"];

/**
 * Tells every endpoint that wants it of something that the transaction makes true: event, deliveries and their jobs are
 * stored with it or not at all. `describe` is asked only when somebody wants to know; null means that there is nothing to
 * tell after all.
 */
export async function tell<Type extends OutgoingEventType>(
  tx: Tx,
  deps: Deps,
  type: Type,
  describe: () => Promise<DataOf<Type> | null> | DataOf<Type>,
): Promise<void> {
  const wanting = await listEndpointsFor(tx, type);
  if (wanting.length === 0) return;
  const data = await describe();
  if (data === null) return;
  const endpoints = wanting.filter(({ siteIds }) => siteIds === null || siteIds.includes(data.siteId ?? ""));
  if (endpoints.length === 0) return;
  const deliveries = endpoints.map(({ id }) => ({ id: deps.newId(), endpointId: id }));
  const event = OutgoingEvent.parse({ type, timestamp: deps.now().toISOString(), data });
  await insertDeliveries(
    tx,
    { id: deps.newId(), type, contactId: data.contactId, body: JSON.stringify(event), createdAt: deps.now() },
    deliveries,
  );
  for (const delivery of deliveries) await orderDelivery(tx, deps, delivery);
}
