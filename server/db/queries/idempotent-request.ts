import { and, eq, isNull, lt } from "drizzle-orm";
import type { DbOrTx, Tx } from "../client.ts";
import { idempotentRequest } from "../schema/outgoing.ts";

export type IdempotentRequestRow = typeof idempotentRequest.$inferSelect;

export async function findIdempotentRequest(db: DbOrTx, id: string): Promise<IdempotentRequestRow | undefined> {
  const [row] = await db.select().from(idempotentRequest).where(eq(idempotentRequest.id, id));
  return row;
}

/** Notes that a request begins, in place of an earlier one that left nothing. */
export async function beginIdempotentRequest(
  db: DbOrTx,
  row: { id: string; bodyHash: string; createdAt: Date },
): Promise<void> {
  const fresh = { ...row, answer: null, committedAt: null };
  await db.insert(idempotentRequest).values(fresh).onConflictDoUpdate({ target: idempotentRequest.id, set: fresh });
}

/** In a transaction of the request's own work: from its commit on, the request has had an effect. */
export async function noteCommitted(tx: Tx, id: string, at: Date): Promise<void> {
  await tx.update(idempotentRequest).set({ committedAt: at }).where(eq(idempotentRequest.id, id));
}

export async function keepAnswer(db: DbOrTx, id: string, answer: string): Promise<void> {
  await db.update(idempotentRequest).set({ answer }).where(eq(idempotentRequest.id, id));
}

/** Forgets a request that was refused and changed nothing, so that its key may be used again. */
export async function forgetWithoutEffect(db: DbOrTx, id: string): Promise<void> {
  await db
    .delete(idempotentRequest)
    .where(and(eq(idempotentRequest.id, id), isNull(idempotentRequest.committedAt), isNull(idempotentRequest.answer)));
}

export async function purgeIdempotentRequests(db: DbOrTx, before: Date): Promise<void> {
  await db.delete(idempotentRequest).where(lt(idempotentRequest.createdAt, before));
}
