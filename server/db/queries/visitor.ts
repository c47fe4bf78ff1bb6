import { eq, inArray, isNotNull, lt, sql } from "drizzle-orm";
import type { DbOrTx, Tx } from "../client.ts";
import { visitor, visitorSession } from "../schema/conversation.ts";

export type VisitorRow = typeof visitor.$inferSelect;
type VisitorSessionRow = typeof visitorSession.$inferSelect;

export async function findVisitor(db: DbOrTx, id: string): Promise<VisitorRow | undefined> {
  const [row] = await db.select().from(visitor).where(eq(visitor.id, id));
  return row;
}

/** Locks the visitor until the transaction ends. Taken before any lock on its conversations. */
export async function lockVisitor(tx: Tx, id: string): Promise<VisitorRow> {
  const [row] = await tx.select().from(visitor).where(eq(visitor.id, id)).for("update");
  if (!row) throw new Error(`There is no visitor ${id}.`);
  return row;
}

export async function insertVisitor(tx: Tx, row: typeof visitor.$inferInsert): Promise<VisitorRow> {
  const [inserted] = await tx.insert(visitor).values(row).returning();
  if (!inserted) throw new Error("An insert answers its row.");
  return inserted;
}

/** The one visitor a signed subject is on a site, made when it is new; locked until the transaction ends. */
export async function ensureSubject(
  tx: Tx,
  row: { id: string; siteId: string; subject: string; stated: VisitorRow["stated"] },
): Promise<VisitorRow> {
  const [found] = await tx
    .insert(visitor)
    .values({ ...row, identity: "verified" })
    .onConflictDoUpdate({
      target: [visitor.siteId, visitor.subject],
      targetWhere: isNotNull(visitor.subject),
      set: { identity: "verified", stated: sql`${visitor.stated} || excluded.stated` },
    })
    .returning();
  if (!found) throw new Error("An upsert answers its row.");
  return found;
}

export async function updateVisitor(
  db: DbOrTx,
  id: string,
  change: Partial<typeof visitor.$inferInsert>,
): Promise<VisitorRow> {
  const [updated] = await db.update(visitor).set(change).where(eq(visitor.id, id)).returning();
  if (!updated) throw new Error(`There is no visitor ${id}.`);
  return updated;
}

export interface SessionWithVisitor {
  readonly session: VisitorSessionRow;
  readonly visitor: VisitorRow;
}

export async function findVisitorSession(db: DbOrTx, tokenHash: string): Promise<SessionWithVisitor | undefined> {
  const [row] = await db
    .select({ session: visitorSession, visitor })
    .from(visitorSession)
    .innerJoin(visitor, eq(visitor.id, visitorSession.visitorId))
    .where(eq(visitorSession.tokenHash, tokenHash));
  return row;
}

export async function insertVisitorSession(tx: Tx, row: typeof visitorSession.$inferInsert): Promise<void> {
  await tx.insert(visitorSession).values(row);
}

/** Keeps the first moment it was renewed at. */
export async function markSessionRenewed(tx: Tx, id: string, now: Date): Promise<void> {
  await tx
    .update(visitorSession)
    .set({ endedAt: sql`coalesce(${visitorSession.endedAt}, ${now.toISOString()}::timestamptz)` })
    .where(eq(visitorSession.id, id));
}

export async function deleteVisitorSession(db: DbOrTx, id: string): Promise<void> {
  await db.delete(visitorSession).where(eq(visitorSession.id, id));
}

export async function deleteSessionsOfVisitor(tx: Tx, visitorId: string): Promise<string[]> {
  const rows = await tx
    .delete(visitorSession)
    .where(eq(visitorSession.visitorId, visitorId))
    .returning({ id: visitorSession.id });
  return rows.map(({ id }) => id);
}

/** Which of these sessions still exist, and whether each is past its time. */
export async function listVisitorSessions(
  db: DbOrTx,
  ids: readonly string[],
): Promise<Pick<VisitorSessionRow, "id" | "expiresAt">[]> {
  if (ids.length === 0) return [];
  return await db
    .select({ id: visitorSession.id, expiresAt: visitorSession.expiresAt })
    .from(visitorSession)
    .where(inArray(visitorSession.id, [...ids]));
}

/** Forgets sessions nobody can renew any more. */
export async function purgeVisitorSessions(db: DbOrTx, now: Date): Promise<void> {
  await db.delete(visitorSession).where(lt(visitorSession.renewUntil, now));
}
