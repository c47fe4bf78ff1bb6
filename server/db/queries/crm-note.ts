import { and, eq } from "drizzle-orm";
import type { DbOrTx, Tx } from "../client.ts";
import { crmNote } from "../schema/sync.ts";

export type CrmNoteRow = typeof crmNote.$inferSelect;

export async function findNote(db: DbOrTx, id: string): Promise<CrmNoteRow | undefined> {
  const [row] = await db.select().from(crmNote).where(eq(crmNote.id, id));
  return row;
}

export async function findNoteOfConversation(
  db: DbOrTx,
  connectionId: string,
  conversationId: string,
): Promise<CrmNoteRow | undefined> {
  const [row] = await db
    .select()
    .from(crmNote)
    .where(and(eq(crmNote.connectionId, connectionId), eq(crmNote.conversationId, conversationId)));
  return row;
}

/** Inserts the note, or nothing when this conversation has one in this connection. Returns whether it is new. */
export async function insertNote(tx: Tx, note: typeof crmNote.$inferInsert): Promise<boolean> {
  const rows = await tx.insert(crmNote).values(note).onConflictDoNothing().returning({ id: crmNote.id });
  return rows.length === 1;
}

export async function updateNote(db: DbOrTx, id: string, change: Partial<typeof crmNote.$inferInsert>): Promise<void> {
  await db.update(crmNote).set(change).where(eq(crmNote.id, id));
}
