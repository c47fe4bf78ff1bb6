import {
  InConversation,
  ReadConversation,
  ResumeConversation,
  SaveFacts,
  SendMessage,
  SetAttributes,
  Typing,
  type VisitorToServer,
} from "@rolodesk/shared/realtime";
import type { Deps } from "../deps.ts";
import { takeToken } from "../limits/rate-limited.ts";
import type { TokenBuckets } from "../limits/token-buckets.ts";
import { endConversation } from "../usecases/conversations/end-conversation.ts";
import { markRead } from "../usecases/conversations/mark-read.ts";
import { receiveMessage } from "../usecases/conversations/receive-message.ts";
import { resumeConversation } from "../usecases/conversations/resume-conversation.ts";
import { saveFacts } from "../usecases/visitors/save-facts.ts";
import { setAttributes } from "../usecases/visitors/set-attributes.ts";
import { readTypistName } from "../views/typist.ts";
import { toVisitorConversation } from "../views/visitor.ts";
import { readStated } from "../views/visitor-sessions.ts";
import { type AckData, type EventHandler, onEvent } from "./dispatch.ts";
import { rooms } from "./rooms.ts";
import type { AgentServer, VisitorSocket } from "./socket-servers.ts";

export interface VisitorContext {
  readonly deps: Deps;
  readonly socket: VisitorSocket;
  readonly agents: AgentServer;
  /** By visitor, over all their tabs. */
  readonly messages: TokenBuckets;
}

const DONE = {};

/** Everything a visitor can ask for. Whose the things are is decided by the socket's session, never by its words. */
export const VISITOR_EVENTS = {
  "message.send": onEvent(SendMessage, ({ deps, socket, messages }: VisitorContext, input) => {
    const { actor } = socket.data;
    takeToken(messages, actor.visitorId, "You write faster than we can read.");
    return receiveMessage(deps, actor, input);
  }),

  "conversation.resume": onEvent(ResumeConversation, async ({ deps, socket }: VisitorContext, input) => {
    return await resumeConversation(deps, socket.data.actor, input);
  }),

  "conversation.read": onEvent(ReadConversation, async ({ deps, socket }: VisitorContext, input) => {
    await markRead(deps, socket.data.actor, input);
    return DONE;
  }),

  "conversation.end": onEvent(InConversation, async ({ deps, socket }: VisitorContext, { conversationId }) => {
    const { actor } = socket.data;
    const row = await endConversation(deps, actor, conversationId);
    return { conversation: toVisitorConversation(row, await readStated(deps.db, actor.visitorId)) };
  }),

  "facts.save": onEvent(SaveFacts, async ({ deps, socket }: VisitorContext, input) => {
    return await saveFacts(deps, socket.data.actor, input);
  }),

  "attributes.set": onEvent(SetAttributes, async ({ deps, socket }: VisitorContext, input) => {
    await setAttributes(deps, socket.data.actor, input);
    return DONE;
  }),

  typing: onEvent(Typing, async ({ deps, socket, agents }: VisitorContext, { conversationId, on }) => {
    const { actor, typist } = socket.data;
    const name = typist.get(conversationId) ?? (await readTypistName(deps.db, actor, conversationId));
    typist.set(conversationId, name);
    agents
      .to(rooms.watching(conversationId))
      .emit("typing", { conversationId, from: "visitor", userId: null, name, on });
  }),
} satisfies { [E in keyof VisitorToServer]: EventHandler<VisitorContext, AckData<VisitorToServer[E]>> };
