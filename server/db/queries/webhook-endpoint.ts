import type { OutgoingEventType } from "@rolodesk/shared/vocabulary";
import { and, asc, count, desc, eq, gt, lt, type SQL, sql } from "drizzle-orm";
import type { DbOrTx, Tx } from "../client.ts";
import { outgoingEvent, webhookDelivery, webhookEndpoint } from "../schema/outgoing.ts";

export type EndpointRow = typeof webhookEndpoint.$inferSelect;
export type OutgoingEventRow = typeof outgoingEvent.$inferSelect;
export type DeliveryRow = typeof webhookDelivery.$inferSelect;
export interface ListedDelivery {
  readonly delivery: DeliveryRow;
  readonly event: OutgoingEventRow;
}

/** Newest first, with how many deliveries wait for each. */
export async function listEndpoints(db: DbOrTx): Promise<{ endpoint: EndpointRow; waiting: number }[]> {
  return await db
    .select({ endpoint: webhookEndpoint, waiting: count(webhookDelivery.id) })
    .from(webhookEndpoint)
    .leftJoin(webhookDelivery, and(eq(webhookDelivery.endpointId, webhookEndpoint.id), isWaiting()))
    .groupBy(webhookEndpoint.id)
    .orderBy(desc(webhookEndpoint.id));
}

export async function findEndpoint(db: DbOrTx, id: string): Promise<EndpointRow | undefined> {
  const [row] = await db.select().from(webhookEndpoint).where(eq(webhookEndpoint.id, id));
  return row;
}

export async function lockEndpoint(tx: Tx, id: string): Promise<EndpointRow | undefined> {
  const [row] = await tx.select().from(webhookEndpoint).where(eq(webhookEndpoint.id, id)).for("update");
  return row;
}

export async function countWaiting(db: DbOrTx, endpointId: string): Promise<number> {
  return await db.$count(webhookDelivery, and(eq(webhookDelivery.endpointId, endpointId), isWaiting()));
}

/** Active ones that are told of this kind of event. */
export async function listEndpointsFor(db: DbOrTx, type: OutgoingEventType): Promise<EndpointRow[]> {
  return await db
    .select()
    .from(webhookEndpoint)
    .where(and(eq(webhookEndpoint.state, "active"), sql`${type} = any(${webhookEndpoint.events})`));
}

export async function insertEndpoint(db: DbOrTx, row: typeof webhookEndpoint.$inferInsert): Promise<void> {
  await db.insert(webhookEndpoint).values(row);
}

export async function updateEndpoint(
  db: DbOrTx,
  id: string,
  change: Partial<typeof webhookEndpoint.$inferInsert>,
): Promise<void> {
  await db
    .update(webhookEndpoint)
    .set({ ...change, version: sql`${webhookEndpoint.version} + 1` })
    .where(eq(webhookEndpoint.id, id));
}

/** With everything that was sent to it. */
export async function deleteEndpoint(db: DbOrTx, id: string): Promise<void> {
  await db.delete(webhookEndpoint).where(eq(webhookEndpoint.id, id));
}

export async function insertDeliveries(
  tx: Tx,
  event: typeof outgoingEvent.$inferInsert,
  deliveries: readonly { id: string; endpointId: string }[],
): Promise<void> {
  await tx.insert(outgoingEvent).values(event);
  await tx.insert(webhookDelivery).values(deliveries.map((one) => ({ ...one, eventId: event.id })));
}

export async function findDelivery(
  db: DbOrTx,
  id: string,
): Promise<(ListedDelivery & { endpoint: EndpointRow }) | undefined> {
  const [row] = await db
    .select({ delivery: webhookDelivery, event: outgoingEvent, endpoint: webhookEndpoint })
    .from(webhookDelivery)
    .innerJoin(outgoingEvent, eq(outgoingEvent.id, webhookDelivery.eventId))
    .innerJoin(webhookEndpoint, eq(webhookEndpoint.id, webhookDelivery.endpointId))
    .where(eq(webhookDelivery.id, id));
  return row;
}

/** Newest first, older than `before`. */
export async function listDeliveries(
  db: DbOrTx,
  endpointId: string,
  { status, before, limit }: { status?: DeliveryRow["status"]; before?: string; limit: number },
): Promise<ListedDelivery[]> {
  return await db
    .select({ delivery: webhookDelivery, event: outgoingEvent })
    .from(webhookDelivery)
    .innerJoin(outgoingEvent, eq(outgoingEvent.id, webhookDelivery.eventId))
    .where(
      and(
        eq(webhookDelivery.endpointId, endpointId),
        status ? eq(webhookDelivery.status, status) : undefined,
        before ? lt(webhookDelivery.id, before) : undefined,
      ),
    )
    .orderBy(desc(webhookDelivery.id))
    .limit(limit);
}

/** The oldest that wait, after `after`. */
export async function listWaitingDeliveryIds(
  db: DbOrTx,
  endpointId: string,
  after: string | undefined,
  limit: number,
): Promise<string[]> {
  const rows = await db
    .select({ id: webhookDelivery.id })
    .from(webhookDelivery)
    .where(
      and(eq(webhookDelivery.endpointId, endpointId), isWaiting(), after ? gt(webhookDelivery.id, after) : undefined),
    )
    .orderBy(asc(webhookDelivery.id))
    .limit(limit);
  return rows.map(({ id }) => id);
}

/** Changes a delivery that still waits; returns whether it did. */
export async function updateWaitingDelivery(
  db: DbOrTx,
  id: string,
  change: Partial<typeof webhookDelivery.$inferInsert>,
): Promise<boolean> {
  const rows = await db
    .update(webhookDelivery)
    .set(change)
    .where(and(eq(webhookDelivery.id, id), isWaiting()))
    .returning({ id: webhookDelivery.id });
  return rows.length === 1;
}

/** Begins anew with one that was delivered or given up. */
export async function reopenDelivery(db: DbOrTx, id: string): Promise<void> {
  await db
    .update(webhookDelivery)
    .set({ status: "waiting", attempts: 0, nextAttemptAt: null, finishedAt: null })
    .where(eq(webhookDelivery.id, id));
}

/** With their deliveries. */
export async function purgeOutgoingEvents(db: DbOrTx, before: Date): Promise<void> {
  await db.delete(outgoingEvent).where(lt(outgoingEvent.createdAt, before));
}

function isWaiting(): SQL | undefined {
  return eq(webhookDelivery.status, "waiting");
}
