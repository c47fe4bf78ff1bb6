import type { AgentMessage, Message } from "@rolodesk/shared/message";
import type { UserActor } from "../../actor.ts";
import type { Tx } from "../../db/client.ts";
import { insertAudit } from "../../db/queries/audit.ts";
import { type ConversationRow, lockConversation, updateConversation } from "../../db/queries/conversation.ts";
import { appendMessage, findMessageByClientId, type MessageRow } from "../../db/queries/message.ts";
import type { Deps } from "../../deps.ts";
import { DomainError } from "../../domain/domain-error.ts";
import { toMessage } from "../../views/message.ts";
import { assertServed } from "../access.ts";
import { tellMessageCreated } from "../outgoing/tell-of-conversation.ts";
import { eventLine, joined } from "./event-line.ts";
import { publishConversation } from "./publish-conversation.ts";

/**
 * An agent's answer or private note. Sent again it is the same message (`isNew` false). The first answer in a
 * conversation that is nobody's makes it theirs.
 */
export async function reply(
  deps: Deps,
  actor: UserActor,
  conversationId: string,
  input: AgentMessage,
): Promise<{ message: Message; isNew: boolean }> {
  const { message, added } = await deps.db.transaction(async (tx) => {
    const row = assertServed(actor, await lockConversation(tx, conversationId));
    const before = await findMessageByClientId(tx, row.id, input.clientId);
    if (before) return { message: sentBy(actor, before), added: [] };
    if (input.kind === "agent" && row.status === "ended") {
      throw new DomainError("conflict", "This conversation has ended. Reopen it to write to the visitor.");
    }
    const joined = input.kind === "agent" ? await join(tx, deps, actor, row) : [];
    const message = await appendMessage(tx, {
      ...input,
      id: deps.newId(),
      conversationId: row.id,
      authorId: actor.userId,
      event: null,
      authorName: actor.name,
      createdAt: deps.now(),
    });
    await updateConversation(tx, row.id, { readByAgents: message.seq });
    await tellMessageCreated(tx, deps, row, message);
    await insertAudit(tx, deps, actor, {
      action: input.kind === "note" ? "conversation.noted" : "conversation.replied",
      subject: { kind: "conversation", id: row.id },
      contactId: row.contactId,
      data: { messageId: message.id },
    });
    return { message, added: [...joined, message] };
  });
  if (added.length > 0) await publishConversation(deps, conversationId, added);
  return { message: toMessage(message), isNew: added.length > 0 };
}

function sentBy(actor: UserActor, before: MessageRow): MessageRow {
  if (before.authorId !== actor.userId) throw new DomainError("conflict", "This message id was used by somebody else.");
  return before;
}

async function join(tx: Tx, deps: Deps, actor: UserActor, row: ConversationRow): Promise<MessageRow[]> {
  if (row.assigneeId) return [];
  await updateConversation(tx, row.id, { assigneeId: actor.userId });
  return [await appendMessage(tx, eventLine(deps, row.id, joined(actor.name)))];
}
