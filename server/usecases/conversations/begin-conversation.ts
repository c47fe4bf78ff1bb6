import type { PageContext } from "@rolodesk/shared/visitor";
import type { Tx } from "../../db/client.ts";
import { markActive } from "../../db/queries/contact-activity.ts";
import { insertConversation } from "../../db/queries/conversation.ts";
import { appendMessage, type MessageRow } from "../../db/queries/message.ts";
import type { VisitorRow } from "../../db/queries/visitor.ts";
import type { Deps } from "../../deps.ts";
import { attachContact } from "../contacts/attach-contact.ts";
import { tell } from "../outgoing/tell.ts";
import { signedFacts, storeFacts } from "../visitors/store-facts.ts";
import { eventLine, started } from "./event-line.ts";

/**
 * Opens a conversation for a visitor whom the transaction has locked and who has none open. It belongs to the contact they
 * are known as; a signed person's values are facts of it from the start.
 */
export async function beginConversation(
  tx: Tx,
  deps: Deps,
  visitor: VisitorRow,
  page: PageContext | null,
): Promise<{ conversationId: string; event: MessageRow }> {
  const conversationId = deps.newId();
  const now = deps.now();
  await insertConversation(tx, {
    id: conversationId,
    siteId: visitor.siteId,
    visitorId: visitor.id,
    contactId: visitor.contactId,
    page,
    lastMessageAt: now,
    createdAt: now,
  });
  if (visitor.contactId) await markActive(tx, visitor.contactId, now);
  const event = await appendMessage(tx, eventLine(deps, conversationId, started()));
  await tell(tx, deps, "conversation.started", () => ({
    conversationId,
    siteId: visitor.siteId,
    contactId: visitor.contactId,
    startedAt: now.toISOString(),
  }));
  const facts = visitor.subject === null ? [] : signedFacts(visitor.stated);
  if (facts.length > 0) {
    await storeFacts(tx, deps, conversationId, facts);
    await attachContact(tx, deps, conversationId);
  }
  return { conversationId, event };
}
