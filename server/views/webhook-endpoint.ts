import type { DeliveryPage, ListDeliveries, WebhookDelivery, WebhookEndpoint } from "@rolodesk/shared/webhook-endpoint";
import type { DbOrTx } from "../db/client.ts";
import {
  countWaiting,
  type EndpointRow,
  findDelivery,
  findEndpoint,
  type ListedDelivery,
  listDeliveries,
  listEndpoints,
} from "../db/queries/webhook-endpoint.ts";
import { notFound } from "../domain/domain-error.ts";

export async function viewEndpoints(db: DbOrTx, now: Date): Promise<WebhookEndpoint[]> {
  return (await listEndpoints(db)).map(({ endpoint, waiting }) => toEndpoint(endpoint, waiting, now));
}

export async function viewEndpoint(db: DbOrTx, id: string, now: Date): Promise<WebhookEndpoint> {
  const row = await findEndpoint(db, id);
  if (!row) throw notFound("webhook");
  return toEndpoint(row, await countWaiting(db, id), now);
}

export async function viewDelivery(db: DbOrTx, id: string): Promise<WebhookDelivery> {
  const found = await findDelivery(db, id);
  if (!found) throw notFound("delivery");
  return toDelivery(found);
}

/** A page of an endpoint's deliveries, newest first. */
export async function viewDeliveries(
  db: DbOrTx,
  endpointId: string,
  { status, cursor, limit }: ListDeliveries,
): Promise<DeliveryPage> {
  if (!(await findEndpoint(db, endpointId))) throw notFound("webhook");
  const narrow = { ...(status ? { status } : {}), ...(cursor ? { before: cursor } : {}) };
  const rows = await listDeliveries(db, endpointId, { ...narrow, limit: limit + 1 });
  const page = rows.slice(0, limit);
  const last = page.at(-1);
  return { items: page.map(toDelivery), nextCursor: rows.length > limit && last ? last.delivery.id : null };
}

function toEndpoint(row: EndpointRow, waiting: number, now: Date): WebhookEndpoint {
  const formerCounts = row.formerUntil !== null && row.formerUntil > now;
  return {
    id: row.id,
    name: row.name,
    url: row.url,
    events: row.events,
    siteIds: row.siteIds ?? [],
    state: row.state,
    failingSince: row.failingSince?.toISOString() ?? null,
    problem: row.problem,
    waiting,
    formerSecretUntil: formerCounts ? (row.formerUntil?.toISOString() ?? null) : null,
    createdAt: row.createdAt.toISOString(),
  };
}

function toDelivery({ delivery, event }: ListedDelivery): WebhookDelivery {
  return {
    id: delivery.id,
    endpointId: delivery.endpointId,
    eventId: event.id,
    type: event.type,
    body: event.body,
    status: delivery.status,
    attempts: delivery.attempts,
    nextAttemptAt: delivery.nextAttemptAt?.toISOString() ?? null,
    answerStatus: delivery.answerStatus,
    answer: delivery.answer,
    problem: delivery.problem,
    durationMs: delivery.durationMs,
    createdAt: event.createdAt.toISOString(),
    triedAt: delivery.triedAt?.toISOString() ?? null,
  };
}
