import type { VisitorConversation } from "@rolodesk/shared/conversation";
import type { Message } from "@rolodesk/shared/message";
import type { ResumeConversation } from "@rolodesk/shared/realtime";
import type { VisitorActor } from "../../actor.ts";
import { findConversation } from "../../db/queries/conversation.ts";
import { listMessages } from "../../db/queries/message.ts";
import { findVisitor } from "../../db/queries/visitor.ts";
import type { Deps } from "../../deps.ts";
import { notFound } from "../../domain/domain-error.ts";
import { toMessage } from "../../views/message.ts";
import { toVisitorConversation } from "../../views/visitor.ts";

const PAGE = 200;

interface Resumed {
  readonly conversation: VisitorConversation;
  readonly messages: Message[];
  readonly hasMore: boolean;
}

/** What a visitor missed: everything after the last message they have, oldest first, without the agents' notes. */
export async function resumeConversation(
  { db }: Pick<Deps, "db">,
  actor: VisitorActor,
  { conversationId, afterSeq }: ResumeConversation,
): Promise<Resumed> {
  const [row, visitor] = [await findConversation(db, conversationId), await findVisitor(db, actor.visitorId)];
  if (!visitor || row?.visitorId !== visitor.id) throw notFound("conversation");
  const { messages, hasMore } = await listMessages(db, row.id, { after: afterSeq, limit: PAGE, notes: false });
  return {
    conversation: toVisitorConversation(row, visitor.stated),
    messages: messages.map(toMessage),
    hasMore,
  };
}
