import { OutgoingEvent } from "@rolodesk/shared/outgoing-event";
import type { UserActor } from "../../actor.ts";
import { insertAudit } from "../../db/queries/audit.ts";
import { insertDeliveries, lockEndpoint, updateEndpoint } from "../../db/queries/webhook-endpoint.ts";
import type { Deps } from "../../deps.ts";
import { DomainError, notFound } from "../../domain/domain-error.ts";
import { assertAdmin } from "../access.ts";
import { orderDelivery } from "./order-delivery.ts";
import { publishEndpoint } from "./publish-endpoint.ts";

/** Sends an endpoint an event that means nothing, at once. Returns its delivery. */
export async function testEndpoint(deps: Deps, actor: UserActor, endpointId: string): Promise<string> {
  assertAdmin(actor);
  const id = deps.newId();
  await deps.db.transaction(async (tx) => {
    const endpoint = await lockEndpoint(tx, endpointId);
    if (!endpoint) throw notFound("webhook");
    if (endpoint.state !== "active") throw new DomainError("conflict", "Start this webhook first, then test it.");
    const event = OutgoingEvent.parse({
      type: "webhook.test",
      timestamp: deps.now().toISOString(),
      data: { endpointId, text: `${actor.name} tests this webhook.` },
    });
    const body = JSON.stringify(event);
    await insertDeliveries(tx, { id: deps.newId(), type: event.type, body, createdAt: deps.now() }, [
      { id, endpointId },
    ]);
    await updateEndpoint(tx, endpointId, { waitUntil: null });
    await insertAudit(tx, deps, actor, {
      action: "webhook_endpoint.tested",
      subject: { kind: "webhook_endpoint", id: endpointId },
      data: { name: endpoint.name },
    });
    await orderDelivery(tx, deps, { id, endpointId });
  });
  publishEndpoint(deps, endpointId);
  return id;
}
