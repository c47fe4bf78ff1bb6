import type { VisitorConversation } from "@rolodesk/shared/conversation";
import type { Message } from "@rolodesk/shared/message";
import type { VisitorIdentity } from "@rolodesk/shared/visitor";
import type { OutboxEntry } from "./outbox.ts";

export interface ConversationState {
  conversation: VisitorConversation | null;
  /** By seq, each once, all of `conversation`. Seqs have gaps where agents wrote notes. */
  messages: readonly Message[];
  /** A conversation is known to exist, and its content is still to come. */
  awaited: boolean;
  /** Everything up to this seq is known; catching up begins after it. */
  cursor: number;
  /** Written here and not yet acknowledged, in the order of writing. */
  pending: readonly OutboxEntry[];
  /** The agent who is typing. */
  typing: string | null;
  identity: VisitorIdentity;
  agentsOnline: boolean;
  /** `off`: nothing to connect for yet. */
  link: "off" | "connecting" | "on";
  /** The newest conversation left behind, or ""; ids sort by time, so what is not newer is not taken up again. */
  leftId: string;
}

export type ConversationEvent =
  | { type: "awaited" }
  | { type: "conversation"; conversation: VisitorConversation }
  | { type: "messages"; messages: readonly Message[] }
  /** The server has nothing more up to `seq`. */
  | { type: "caught-up"; conversationId: string; seq: number }
  | { type: "outbox"; entries: readonly OutboxEntry[] }
  | { type: "typing"; conversationId: string; name: string | null }
  | { type: "identity"; identity: VisitorIdentity }
  | { type: "presence"; agentsOnline: boolean }
  | { type: "link"; link: ConversationState["link"] }
  /** The visitor begins anew. */
  | { type: "left" }
  /** The session turned out to have another conversation, or none: the present one is not ours any more. */
  | { type: "replaced" }
  /** The session is over: nothing of it stays. */
  | { type: "forgotten" };

export const ANONYMOUS: VisitorIdentity = {
  state: "anonymous",
  firstName: null,
  lastName: null,
  email: null,
  phone: null,
};

export function initialState(agentsOnline: boolean): ConversationState {
  return {
    conversation: null,
    messages: [],
    awaited: false,
    cursor: 0,
    pending: [],
    typing: null,
    identity: ANONYMOUS,
    agentsOnline,
    link: "off",
    leftId: "",
  };
}

/** Pure. Events may come twice, late and in any order: the same set of them gives the same bubbles. */
export function reduceConversation(state: ConversationState, event: ConversationEvent): ConversationState {
  switch (event.type) {
    case "awaited":
      return { ...state, awaited: true };
    case "conversation":
      return takeConversation(state, event.conversation);
    case "messages":
      return takeMessages(state, event.messages);
    case "caught-up":
      if (event.conversationId !== state.conversation?.id) return state;
      return { ...state, awaited: false, cursor: Math.max(state.cursor, event.seq) };
    case "outbox":
      return { ...state, pending: event.entries };
    case "typing":
      return event.conversationId === state.conversation?.id ? { ...state, typing: event.name } : state;
    case "identity":
      return { ...state, identity: event.identity };
    case "presence":
      return { ...state, agentsOnline: event.agentsOnline };
    case "link":
      return { ...state, link: event.link };
    case "left":
      return { ...withoutConversation(state), leftId: state.conversation?.id ?? state.leftId };
    case "replaced":
      return { ...withoutConversation(state), leftId: "" };
    case "forgotten":
      return { ...initialState(state.agentsOnline), leftId: state.conversation?.id ?? state.leftId };
  }
}

/** Whether `conversationId` is another conversation than the present one, and a later one. */
export function isLaterConversation(state: ConversationState, conversationId: string): boolean {
  return conversationId > (state.conversation?.id ?? "") && conversationId > state.leftId;
}

function withoutConversation(state: ConversationState): ConversationState {
  return { ...state, conversation: null, messages: [], awaited: false, cursor: 0, typing: null };
}

function takeConversation(state: ConversationState, next: VisitorConversation): ConversationState {
  const known = state.conversation;
  if (known?.id === next.id) return { ...state, conversation: mergeConversation(known, next) };
  if (!isLaterConversation(state, next.id)) return state;
  return { ...withoutConversation(state), conversation: next, awaited: state.awaited };
}

/** What only grows takes the larger value: a late event must not take it back. */
function mergeConversation(known: VisitorConversation, next: VisitorConversation): VisitorConversation {
  return {
    ...next,
    lastSeq: Math.max(known.lastSeq, next.lastSeq),
    readByVisitor: Math.max(known.readByVisitor, next.readByVisitor),
    readByAgents: Math.max(known.readByAgents, next.readByAgents),
    statedFields: [...new Set([...known.statedFields, ...next.statedFields])],
  };
}

function takeMessages(state: ConversationState, arrived: readonly Message[]): ConversationState {
  const bySeq = new Map(state.messages.map((message) => [message.seq, message]));
  let typing = state.typing;
  for (const message of arrived) {
    if (message.conversationId !== state.conversation?.id || bySeq.has(message.seq)) continue;
    bySeq.set(message.seq, message);
    if (message.kind === "agent") typing = null;
  }
  let { cursor } = state;
  while (bySeq.has(cursor + 1)) cursor++;
  if (bySeq.size === state.messages.length) return { ...state, cursor };
  return { ...state, awaited: false, cursor, typing, messages: [...bySeq.values()].sort((a, b) => a.seq - b.seq) };
}
