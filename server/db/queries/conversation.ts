import type { EndedBy } from "@rolodesk/shared/vocabulary";
import { and, desc, eq, inArray, sql } from "drizzle-orm";
import type { DbOrTx, Tx } from "../client.ts";
import { conversation } from "../schema/conversation.ts";
import { site } from "../schema/site.ts";

export type ConversationRow = typeof conversation.$inferSelect;

export async function findConversation(db: DbOrTx, id: string): Promise<ConversationRow | undefined> {
  const [row] = await db.select().from(conversation).where(eq(conversation.id, id));
  return row;
}

/** The newest conversation of a contact. */
export async function findLatestConversation(db: DbOrTx, contactId: string): Promise<ConversationRow | undefined> {
  const [row] = await db
    .select()
    .from(conversation)
    .where(eq(conversation.contactId, contactId))
    .orderBy(desc(conversation.createdAt))
    .limit(1);
  return row;
}

/** Locks it until the transaction ends, so that its sequence, status and ends follow one another. */
export async function lockConversation(tx: Tx, id: string): Promise<ConversationRow | undefined> {
  const [row] = await tx.select().from(conversation).where(eq(conversation.id, id)).for("update");
  return row;
}

/** Locked until the transaction ends. */
export async function lockOpenConversation(tx: Tx, visitorId: string): Promise<ConversationRow | undefined> {
  const [row] = await tx
    .select()
    .from(conversation)
    .where(and(eq(conversation.visitorId, visitorId), eq(conversation.status, "open")))
    .for("update");
  return row;
}

export async function findOpenConversationId(db: DbOrTx, visitorId: string): Promise<string | null> {
  const [row] = await db
    .select({ id: conversation.id })
    .from(conversation)
    .where(and(eq(conversation.visitorId, visitorId), eq(conversation.status, "open")));
  return row?.id ?? null;
}

export async function insertConversation(
  tx: Tx,
  row: Pick<ConversationRow, "id" | "siteId" | "visitorId" | "contactId" | "page" | "lastMessageAt" | "createdAt">,
): Promise<void> {
  await tx.insert(conversation).values(row);
}

/** Changes a conversation and counts its version up. */
export async function updateConversation(
  db: DbOrTx,
  id: string,
  change: Partial<typeof conversation.$inferInsert>,
): Promise<ConversationRow> {
  const [updated] = await db
    .update(conversation)
    .set({ ...change, version: sql`${conversation.version} + 1` })
    .where(eq(conversation.id, id))
    .returning();
  if (!updated) throw new Error(`There is no conversation ${id}.`);
  return updated;
}

export async function markEnded(
  tx: Tx,
  { id, closeCount }: ConversationRow,
  endedBy: EndedBy,
  endedAt: Date,
): Promise<ConversationRow> {
  return await updateConversation(tx, id, { status: "ended", endedBy, endedAt, closeCount: closeCount + 1 });
}

/** Moves a reader forward, never back and never past the end; answers undefined when it stays where it was. */
export async function advanceReader(
  db: DbOrTx,
  id: string,
  reader: "readByVisitor" | "readByAgents",
  seq: number,
): Promise<ConversationRow | undefined> {
  const column = conversation[reader];
  const [updated] = await db
    .update(conversation)
    .set({
      [reader]: sql`least(${seq}::int, ${conversation.lastSeq})`,
      version: sql`${conversation.version} + 1`,
    })
    .where(and(eq(conversation.id, id), sql`${column} < least(${seq}::int, ${conversation.lastSeq})`))
    .returning();
  return updated;
}

/** Open conversations in which nobody wrote for as long as their site allows, longest silent first. */
export async function listSilentConversations(db: DbOrTx, now: Date, limit: number): Promise<string[]> {
  const rows = await db
    .select({ id: conversation.id })
    .from(conversation)
    .innerJoin(site, eq(site.id, conversation.siteId))
    .where(
      and(
        eq(conversation.status, "open"),
        sql`${conversation.lastMessageAt} + make_interval(mins => ${site.idleMinutes}) <= ${now.toISOString()}::timestamptz`,
      ),
    )
    .orderBy(conversation.lastMessageAt)
    .limit(limit);
  return rows.map(({ id }) => id);
}

export async function listPlaces(
  db: DbOrTx,
  ids: readonly string[],
): Promise<Pick<ConversationRow, "id" | "visitorId" | "siteId">[]> {
  if (ids.length === 0) return [];
  return await db
    .select({ id: conversation.id, visitorId: conversation.visitorId, siteId: conversation.siteId })
    .from(conversation)
    .where(inArray(conversation.id, [...ids]));
}
