import type { VisitorActor } from "../actor.ts";
import type { Db } from "../db/client.ts";
import { findConversation } from "../db/queries/conversation.ts";
import { findVisitor } from "../db/queries/visitor.ts";
import { notFound } from "../domain/domain-error.ts";

/** What agents call a visitor who is typing in a conversation of theirs. */
export async function readTypistName(db: Db, actor: VisitorActor, conversationId: string): Promise<string> {
  const [row, visitor] = [await findConversation(db, conversationId), await findVisitor(db, actor.visitorId)];
  if (!visitor || row?.visitorId !== visitor.id) throw notFound("conversation");
  return visitor.stated.firstName?.value ?? "Visitor";
}
