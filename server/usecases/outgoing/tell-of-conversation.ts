import type { Tx } from "../../db/client.ts";
import type { ConversationRow } from "../../db/queries/conversation.ts";
import type { MessageRow } from "../../db/queries/message.ts";
import { findConversationWithContact } from "../../db/queries/told-rows.ts";
import type { Deps } from "../../deps.ts";
import { tell } from "./tell.ts";

type Place = Pick<ConversationRow, "siteId" | "contactId">;

export async function tellConversationEnded(tx: Tx, deps: Deps, ended: ConversationRow): Promise<void> {
  const { id, siteId, contactId, endedBy, endedAt } = ended;
  await tell(tx, deps, "conversation.ended", () => ({
    conversationId: id,
    siteId,
    contactId,
    endedBy,
    endedAt: (endedAt ?? deps.now()).toISOString(),
  }));
}

/** Of what visitors and agents write; notes and event lines are nobody's business. */
export async function tellMessageCreated(
  tx: Tx,
  deps: Deps,
  { siteId, contactId }: Place,
  row: MessageRow,
): Promise<void> {
  const { id, conversationId, seq, kind, authorName, text, createdAt } = row;
  if (kind !== "visitor" && kind !== "agent") return;
  const place = { conversationId, siteId, contactId };
  const message = { messageId: id, seq, kind, authorName, text, createdAt: createdAt.toISOString() };
  await tell(tx, deps, "message.created", () => ({ ...place, ...message }));
}

/** That a conversation has found its contact, with what is known of them by now. */
export async function tellContactIdentified(tx: Tx, deps: Deps, conversationId: string): Promise<void> {
  await tell(tx, deps, "contact.identified", async () => {
    const found = await findConversationWithContact(tx, conversationId);
    if (!found) return null;
    const { id, firstName, lastName, email, phone } = found.contact;
    return { conversationId, siteId: found.conversation.siteId, contactId: id, firstName, lastName, email, phone };
  });
}
