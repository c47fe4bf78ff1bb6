import { and, asc, desc, eq, inArray, lt, sql } from "drizzle-orm";
import type { DbOrTx, Tx } from "../client.ts";
import { webhookEvent } from "../schema/webhook.ts";

export type WebhookEventRow = typeof webhookEvent.$inferSelect;
type RecordOfEvent = Pick<WebhookEventRow, "connectionId" | "object" | "externalId">;

/** Stores events; those that were delivered before are left out of the answer. */
export async function insertWebhookEvents(
  tx: Tx,
  rows: (typeof webhookEvent.$inferInsert)[],
): Promise<WebhookEventRow[]> {
  if (rows.length === 0) return [];
  return await tx.insert(webhookEvent).values(rows).onConflictDoNothing().returning();
}

export async function findWebhookEvent(db: DbOrTx, id: string): Promise<WebhookEventRow | undefined> {
  const [row] = await db.select().from(webhookEvent).where(eq(webhookEvent.id, id));
  return row;
}

/** Everything that waits for one and the same record to be read again. */
export async function listWaitingEvents(
  db: DbOrTx,
  { connectionId, object, externalId }: RecordOfEvent,
): Promise<WebhookEventRow[]> {
  return await db
    .select()
    .from(webhookEvent)
    .where(
      and(
        eq(webhookEvent.status, "waiting"),
        eq(webhookEvent.connectionId, connectionId),
        eq(webhookEvent.object, object),
        eq(webhookEvent.externalId, externalId),
      ),
    );
}

/** One waiting event per record of a connection: whoever reads the record deals with all of its events. */
export async function listWaitingRecords(db: DbOrTx, connectionId: string): Promise<WebhookEventRow[]> {
  return await db
    .selectDistinctOn([webhookEvent.object, webhookEvent.externalId])
    .from(webhookEvent)
    .where(and(eq(webhookEvent.status, "waiting"), eq(webhookEvent.connectionId, connectionId)))
    .orderBy(asc(webhookEvent.object), asc(webhookEvent.externalId), asc(webhookEvent.id));
}

export async function updateWebhookEvents(
  tx: DbOrTx,
  ids: readonly string[],
  change: Partial<typeof webhookEvent.$inferInsert>,
): Promise<void> {
  if (ids.length === 0) return;
  await tx
    .update(webhookEvent)
    .set(change)
    .where(inArray(webhookEvent.id, [...ids]));
}

/** Counts an attempt at reading the record of these events. */
export async function countAttempt(tx: DbOrTx, ids: readonly string[], outcome: string): Promise<void> {
  if (ids.length === 0) return;
  await tx
    .update(webhookEvent)
    .set({ attempts: sql`${webhookEvent.attempts} + 1`, outcome })
    .where(inArray(webhookEvent.id, [...ids]));
}

/** The newest event of a connection. */
export async function findLastEvent(db: DbOrTx, connectionId: string): Promise<WebhookEventRow | undefined> {
  const [row] = await db
    .select()
    .from(webhookEvent)
    .where(eq(webhookEvent.connectionId, connectionId))
    .orderBy(desc(webhookEvent.createdAt), desc(webhookEvent.id))
    .limit(1);
  return row;
}

export async function purgeWebhookEvents(db: DbOrTx, before: Date): Promise<void> {
  await db.delete(webhookEvent).where(lt(webhookEvent.finishedAt, before));
}
