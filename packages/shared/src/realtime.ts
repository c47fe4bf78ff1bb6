import { z } from "zod";
import type { ApiError } from "./api-error.ts";
import type { VisitorConversation } from "./conversation.ts";
import { Id } from "./ids.ts";
import { type Message, MessageText } from "./message.ts";
import { FactInput, PageContext, VisitorAttributes, type VisitorIdentity } from "./visitor.ts";

/** Every acknowledgement. A socket event without one is answered by nothing, and harms nothing. */
export type Reply<T> = { ok: true; data: T } | { ok: false; error: ApiError };
export type Ack<T> = (reply: Reply<T>) => void;

export const SendMessage = z.strictObject({
  clientId: Id,
  /** null: this message begins a conversation. Resending it with the same clientId names the one it began. */
  conversationId: Id.nullable(),
  text: MessageText,
  page: PageContext.optional(),
});
export type SendMessage = z.infer<typeof SendMessage>;

export const InConversation = z.strictObject({ conversationId: Id });
export type InConversation = z.infer<typeof InConversation>;

export const ResumeConversation = InConversation.extend({ afterSeq: z.number().int().min(0) });
export type ResumeConversation = z.infer<typeof ResumeConversation>;

export const ReadConversation = InConversation.extend({ seq: z.number().int().min(0) });
export type ReadConversation = z.infer<typeof ReadConversation>;

export const SaveFacts = InConversation.extend({ facts: z.array(FactInput).min(1).max(10) });
export type SaveFacts = z.infer<typeof SaveFacts>;

export const SetAttributes = z.strictObject({ attributes: VisitorAttributes, page: PageContext.optional() });
export type SetAttributes = z.infer<typeof SetAttributes>;

export const Typing = InConversation.extend({ on: z.boolean() });
export type Typing = z.infer<typeof Typing>;

export interface VisitorToServer {
  "message.send": (input: SendMessage, ack: Ack<{ message: Message; conversation: VisitorConversation }>) => void;
  /** Everything after `afterSeq`, oldest first, at most 200; ask again while `hasMore`. */
  "conversation.resume": (
    input: ResumeConversation,
    ack: Ack<{ conversation: VisitorConversation; messages: Message[]; hasMore: boolean }>,
  ) => void;
  "conversation.read": (input: ReadConversation, ack: Ack<Record<string, never>>) => void;
  "conversation.end": (input: InConversation, ack: Ack<{ conversation: VisitorConversation }>) => void;
  "facts.save": (input: SaveFacts, ack: Ack<{ identity: VisitorIdentity; conversation: VisitorConversation }>) => void;
  "attributes.set": (input: SetAttributes, ack: Ack<Record<string, never>>) => void;
  /** Renewed every 3 s while typing; needs no acknowledgement. */
  typing: (input: Typing) => void;
}

export interface ServerToVisitor {
  message: (message: Message) => void;
  conversation: (conversation: VisitorConversation) => void;
  typing: (input: { conversationId: string; on: boolean; name: string }) => void;
  presence: (input: { agentsOnline: boolean }) => void;
  /** The session ended (identity changed, revoked): drop the token, open a new session. */
  "session.ended": () => void;
}

/** Ids and versions only: the agent's app re-reads through HTTP, where authorisation lives. */
export interface Change {
  kind:
    | "conversation"
    | "message"
    | "sync_run"
    | "conflict"
    | "settlement"
    | "link"
    | "connection"
    | "import"
    | "site"
    | "user"
    | "import_batch"
    | "phone_call"
    | "webhook"
    | "contact";
  id: string;
  /** The conversation it concerns, where there is one. */
  conversationId: string | null;
  contactId: string | null;
  version: number;
}

export interface ServerToAgent {
  /** What changed in one moment comes together. */
  changed: (...changes: Change[]) => void;
  typing: (input: {
    conversationId: string;
    from: "visitor" | "agent";
    userId: string | null;
    name: string;
    on: boolean;
  }) => void;
  presence: (input: { onlineUserIds: string[] }) => void;
  "visitor.presence": (input: { conversationId: string; online: boolean }) => void;
}

export interface AgentToServer {
  /** Begin to receive `typing` and `visitor.presence` of one conversation. */
  watch: (input: InConversation, ack: Ack<{ visitorOnline: boolean }>) => void;
  unwatch: (input: InConversation) => void;
  typing: (input: Typing) => void;
}
