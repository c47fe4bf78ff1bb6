import type { ChatEvent } from "@rolodesk/shared/vocabulary";
import type { ConversationState } from "./conversation-state.ts";

/** How far a visitor's own message has come. */
type Tick = "sending" | "sent" | "seen" | "failed";

/** One line of the log, as it is shown. */
export interface Bubble {
  /** The sender's id for it: the same before and after the server has it. */
  clientId: string;
  /** Null until the server has it. */
  seq: number | null;
  kind: "visitor" | "agent" | "event";
  /** What an event tells. */
  event: ChatEvent | null;
  author: string | null;
  text: string;
  /** ISO 8601 */
  at: string;
  /** Own messages only. */
  tick: Tick | null;
  /** Why it was refused, in words. */
  reason: string | null;
}

/**
 * What is stored, by seq, then what is still on its way; one bubble per client id. That it is over is told below the log,
 * and so not in its last line too.
 */
export function bubblesOf({ conversation, messages, pending }: ConversationState): Bubble[] {
  const read = conversation?.readByAgents ?? 0;
  const stored = new Set(messages.map((message) => message.clientId));
  const bubbles: Bubble[] = [];
  const end = conversation?.status === "ended" ? conversation.lastSeq : null;
  for (const { clientId, seq, kind, event, authorName, text, createdAt } of messages) {
    if (kind === "note" || (kind === "event" && seq === end)) continue;
    const tick = kind !== "visitor" ? null : seq <= read ? "seen" : "sent";
    bubbles.push({ clientId, seq, kind, event, author: authorName, text, at: createdAt, tick, reason: null });
  }
  for (const { clientId, text, at, refused } of pending) {
    if (stored.has(clientId)) continue;
    const tick = refused === null ? "sending" : "failed";
    bubbles.push({ clientId, seq: null, kind: "visitor", event: null, author: null, text, at, tick, reason: refused });
  }
  return bubbles;
}

/** Agents' messages the visitor has not seen. */
export function unreadCount({ conversation, messages }: ConversationState): number {
  const read = conversation?.readByVisitor ?? 0;
  return messages.filter((message) => message.kind === "agent" && message.seq > read).length;
}
