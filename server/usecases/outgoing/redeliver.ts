import type { UserActor } from "../../actor.ts";
import { insertAudit } from "../../db/queries/audit.ts";
import { findDelivery, reopenDelivery, updateEndpoint } from "../../db/queries/webhook-endpoint.ts";
import type { Deps } from "../../deps.ts";
import { DomainError, notFound } from "../../domain/domain-error.ts";
import { assertAdmin } from "../access.ts";
import { orderDelivery } from "./order-delivery.ts";
import { publishEndpoint } from "./publish-endpoint.ts";

/** Sends an event again, now, with the same `webhook-id` and all its tries before it. */
export async function redeliver(deps: Deps, actor: UserActor, deliveryId: string): Promise<void> {
  assertAdmin(actor);
  const endpointId = await deps.db.transaction(async (tx) => {
    const found = await findDelivery(tx, deliveryId);
    if (!found) throw notFound("delivery");
    const { delivery, endpoint, event } = found;
    if (endpoint.state !== "active") throw new DomainError("conflict", "Start this webhook first, then send it again.");
    await reopenDelivery(tx, deliveryId);
    await updateEndpoint(tx, endpoint.id, { waitUntil: null });
    await insertAudit(tx, deps, actor, {
      action: "webhook_endpoint.redelivered",
      subject: { kind: "webhook_endpoint", id: endpoint.id },
      data: { name: endpoint.name, eventId: event.id, type: event.type },
    });
    await orderDelivery(tx, deps, delivery);
    return endpoint.id;
  });
  publishEndpoint(deps, endpointId);
}
