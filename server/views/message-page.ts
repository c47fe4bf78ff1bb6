import type { ListMessages, MessagePage } from "@rolodesk/shared/conversation";
import type { UserActor } from "../actor.ts";
import type { Db } from "../db/client.ts";
import { findConversation } from "../db/queries/conversation.ts";
import { listMessages } from "../db/queries/message.ts";
import { notFound } from "../domain/domain-error.ts";
import { toMessage } from "./message.ts";

/** Messages of a conversation as agents see them: with notes. */
export async function readMessagePage(
  db: Db,
  actor: UserActor,
  conversationId: string,
  { after, before, limit }: ListMessages,
): Promise<MessagePage> {
  const row = await findConversation(db, conversationId);
  if (!row || (actor.siteIds && !actor.siteIds.includes(row.siteId))) throw notFound("conversation");
  const { messages, hasMore } = await listMessages(db, conversationId, { after, before, limit, notes: true });
  return { messages: messages.map(toMessage), hasMore };
}
