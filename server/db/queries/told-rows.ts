import { eq } from "drizzle-orm";
import type { DbOrTx } from "../client.ts";
import { contact } from "../schema/contact.ts";
import { conversation } from "../schema/conversation.ts";
import { conflict, syncRun } from "../schema/sync.ts";

/** A run with the site of its conversation. */
export async function findRunWithSite(db: DbOrTx, id: string) {
  const [row] = await db
    .select({ run: syncRun, siteId: conversation.siteId })
    .from(syncRun)
    .innerJoin(conversation, eq(conversation.id, syncRun.conversationId))
    .where(eq(syncRun.id, id));
  return row;
}

/** A conflict with the site of the conversation that gave its value; null where none is known. */
export async function findConflictWithSite(db: DbOrTx, id: string) {
  const [row] = await db
    .select({ conflict, siteId: conversation.siteId })
    .from(conflict)
    .leftJoin(conversation, eq(conversation.id, conflict.conversationId))
    .where(eq(conflict.id, id));
  return row;
}

/** A conversation with its contact. */
export async function findConversationWithContact(db: DbOrTx, id: string) {
  const [row] = await db
    .select({ conversation, contact })
    .from(conversation)
    .innerJoin(contact, eq(contact.id, conversation.contactId))
    .where(eq(conversation.id, id));
  return row;
}
