import { and, asc, desc, eq, inArray, lt, or, sql } from "drizzle-orm";
import type { DbOrTx, Tx } from "../client.ts";
import { contact } from "../schema/contact.ts";
import { conversation, visitor, visitorSession } from "../schema/conversation.ts";
import { eraseRequest, eraseStep, tombstone } from "../schema/merge.ts";

export type ErasureRow = typeof eraseRequest.$inferSelect;
export type ErasureStepRow = typeof eraseStep.$inferSelect;

export async function insertErasure(
  tx: Tx,
  request: typeof eraseRequest.$inferInsert,
  steps: readonly (typeof eraseStep.$inferInsert)[],
): Promise<void> {
  await tx.insert(eraseRequest).values(request);
  if (steps.length > 0) await tx.insert(eraseStep).values([...steps]);
}

export async function findErasure(db: DbOrTx, id: string): Promise<ErasureRow | undefined> {
  const [row] = await db.select().from(eraseRequest).where(eq(eraseRequest.id, id));
  return row;
}

/** Latest first. */
export async function listErasures(db: DbOrTx, before: string | undefined, limit: number): Promise<ErasureRow[]> {
  return await db
    .select()
    .from(eraseRequest)
    .where(before ? lt(eraseRequest.id, before) : undefined)
    .orderBy(desc(eraseRequest.id))
    .limit(limit);
}

export async function listErasureSteps(db: DbOrTx, requestIds: readonly string[]): Promise<ErasureStepRow[]> {
  if (requestIds.length === 0) return [];
  return await db
    .select()
    .from(eraseStep)
    .where(inArray(eraseStep.requestId, [...requestIds]))
    .orderBy(asc(eraseStep.id));
}

export async function updateErasureStep(
  db: DbOrTx,
  id: string,
  change: Partial<typeof eraseStep.$inferInsert>,
): Promise<void> {
  await db.update(eraseStep).set(change).where(eq(eraseStep.id, id));
}

export async function updateErasure(
  db: DbOrTx,
  id: string,
  change: Partial<typeof eraseRequest.$inferInsert>,
): Promise<void> {
  await db
    .update(eraseRequest)
    .set({ ...change, version: sql`${eraseRequest.version} + 1` })
    .where(eq(eraseRequest.id, id));
}

/** A contact and all that were merged into it. */
export async function listIdsOfPerson(db: DbOrTx, contactId: string): Promise<string[]> {
  const rows = await db
    .select({ id: contact.id })
    .from(contact)
    .where(or(eq(contact.id, contactId), eq(contact.mergedIntoId, contactId)));
  return rows.map(({ id }) => id).sort();
}

/** Of the browsers a person was seen in. */
export async function listSessionIds(db: DbOrTx, contactIds: readonly string[]): Promise<string[]> {
  const some = [...contactIds];
  const browsers = db
    .select({ id: visitor.id })
    .from(visitor)
    .where(inArray(visitor.contactId, some))
    .union(db.select({ id: conversation.visitorId }).from(conversation).where(inArray(conversation.contactId, some)));
  const rows = await db
    .select({ id: visitorSession.id })
    .from(visitorSession)
    .where(inArray(visitorSession.visitorId, browsers));
  return rows.map(({ id }) => id);
}

export async function insertTombstones(tx: Tx, hashes: readonly string[]): Promise<void> {
  if (hashes.length === 0) return;
  await tx
    .insert(tombstone)
    .values(hashes.map((hash) => ({ hash })))
    .onConflictDoNothing();
}

/** Which of these hashes are an erased person's. */
export async function listTombstones(db: DbOrTx, hashes: readonly string[]): Promise<ReadonlySet<string>> {
  if (hashes.length === 0) return new Set();
  const rows = await db
    .select({ hash: tombstone.hash })
    .from(tombstone)
    .where(and(inArray(tombstone.hash, [...hashes])));
  return new Set(rows.map(({ hash }) => hash));
}
