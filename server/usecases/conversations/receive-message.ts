import type { VisitorConversation } from "@rolodesk/shared/conversation";
import type { Message } from "@rolodesk/shared/message";
import type { SendMessage } from "@rolodesk/shared/realtime";
import type { VisitorActor } from "../../actor.ts";
import type { Tx } from "../../db/client.ts";
import { appendVisitorMessage } from "../../db/queries/append-visitor-message.ts";
import {
  type ConversationRow,
  findConversation,
  lockOpenConversation,
  updateConversation,
} from "../../db/queries/conversation.ts";
import { appendMessage, findVisitorMessage, type MessageRow } from "../../db/queries/message.ts";
import { lockVisitor } from "../../db/queries/visitor.ts";
import type { StatedValues } from "../../db/schema/conversation.ts";
import type { Deps } from "../../deps.ts";
import { notFound } from "../../domain/domain-error.ts";
import { toMessage } from "../../views/message.ts";
import { toVisitorConversation } from "../../views/visitor.ts";
import { tellMessageCreated } from "../outgoing/tell-of-conversation.ts";
import { beginConversation } from "./begin-conversation.ts";
import { publishConversation, publishMessage } from "./publish-conversation.ts";

interface Received {
  readonly message: Message;
  readonly conversation: VisitorConversation;
}

/**
 * Stores a visitor's message. It is durable when this answers, and stored once however often it is sent. To a conversation
 * that has ended it begins a new one; where another tab has begun one, it joins that.
 */
export async function receiveMessage(deps: Deps, actor: VisitorActor, input: SendMessage): Promise<Received> {
  if (input.conversationId) {
    const appended = await appendVisitorMessage(deps.db, {
      id: deps.newId(),
      conversationId: input.conversationId,
      visitorId: actor.visitorId,
      clientId: input.clientId,
      text: input.text,
      at: deps.now(),
    });
    if (appended) {
      publishMessage(deps, { ...appended.conversation, visitorId: actor.visitorId }, appended.message);
      return toReceived(appended.message, appended.conversation, appended.stated);
    }
  }
  return await receiveElsewhere(deps, actor, input);
}

async function receiveElsewhere(deps: Deps, actor: VisitorActor, input: SendMessage): Promise<Received> {
  const landed = await deps.db.transaction((tx) => land(tx, deps, actor, input));
  if (landed.added.length > 0) await publishConversation(deps, landed.conversation.id, landed.added);
  return toReceived(landed.message, landed.conversation, landed.stated);
}

interface Landed {
  readonly message: MessageRow;
  readonly conversation: ConversationRow;
  readonly stated: StatedValues;
  /** Empty when the message was there already. */
  readonly added: readonly MessageRow[];
}

async function land(tx: Tx, deps: Deps, actor: VisitorActor, input: SendMessage): Promise<Landed> {
  const visitor = await lockVisitor(tx, actor.visitorId);
  const open = await lockOpenConversation(tx, visitor.id);
  const before = await findVisitorMessage(tx, visitor.id, input.clientId);
  if (before) {
    const conversation = await mine(tx, actor, before.conversationId);
    return { message: before, conversation, stated: visitor.stated, added: [] };
  }
  if (input.conversationId) await mine(tx, actor, input.conversationId);

  const begun = open ? undefined : await beginConversation(tx, deps, visitor, input.page ?? visitor.page);
  const conversationId = open?.id ?? begun?.conversationId;
  if (!conversationId) throw new Error("A conversation is open or begins.");
  const message = await appendMessage(tx, {
    id: deps.newId(),
    conversationId,
    clientId: input.clientId,
    kind: "visitor",
    authorId: null,
    event: null,
    authorName: null,
    text: input.text,
    createdAt: deps.now(),
  });
  const conversation = await updateConversation(tx, conversationId, { readByVisitor: message.seq });
  await tellMessageCreated(tx, deps, conversation, message);
  return { message, conversation, stated: visitor.stated, added: begun ? [begun.event, message] : [message] };
}

async function mine(tx: Tx, actor: VisitorActor, conversationId: string): Promise<ConversationRow> {
  const row = await findConversation(tx, conversationId);
  if (row?.visitorId !== actor.visitorId) throw notFound("conversation");
  return row;
}

function toReceived(
  message: MessageRow,
  conversation: Parameters<typeof toVisitorConversation>[0],
  stated: StatedValues,
): Received {
  return { message: toMessage(message), conversation: toVisitorConversation(conversation, stated) };
}
