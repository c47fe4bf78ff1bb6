import type { Message } from "@rolodesk/shared/message";
import { dayLabel } from "../../relative-time.ts";

/** A message waiting for the server's word. */
export interface UnsentMessage {
  clientId: string;
  kind: "agent" | "note";
  text: string;
  createdAt: string;
  /** Why it was not sent; null while it is on its way. */
  problem: string | null;
}

export type ThreadItem =
  | { type: "day"; key: string; label: string }
  | { type: "unread"; key: string }
  | { type: "event"; key: string; message: Message }
  | { type: "group"; key: string; kind: "visitor" | "agent" | "note"; authorName: string | null; messages: Message[] };

/** Messages of one author within this time stand together. */
const GROUP_MS = 3 * 60_000;

interface Context {
  now: number;
  /** The first seq that nobody here had read when the thread was opened; null: none. */
  unreadFrom: number | null;
}

/** The thread as it is drawn: day dividers, the unread divider, event lines and groups. */
export function threadItems(messages: readonly Message[], context: Context): ThreadItem[] {
  const items: ThreadItem[] = [];
  let day = "";
  for (const message of messages) {
    const label = dayLabel(message.createdAt, context.now);
    if (label !== day) items.push({ type: "day", key: `day-${message.seq}`, label });
    day = label;
    if (message.seq === context.unreadFrom) items.push({ type: "unread", key: "unread" });
    addMessage(items, message);
  }
  return items;
}

function addMessage(items: ThreadItem[], message: Message): void {
  const { kind } = message;
  if (kind === "event") {
    items.push({ type: "event", key: message.id, message });
    return;
  }
  const last = items.at(-1);
  if (last?.type === "group" && last.kind === kind && belongsTo(last.messages, message)) {
    last.messages.push(message);
    return;
  }
  items.push({ type: "group", key: message.id, kind, authorName: message.authorName, messages: [message] });
}

function belongsTo(group: readonly Message[], message: Message): boolean {
  const previous = group.at(-1);
  if (!previous || previous.authorId !== message.authorId) return false;
  return Date.parse(message.createdAt) - Date.parse(previous.createdAt) < GROUP_MS;
}

/** Two readings of a thread as one: each seq once, in order. */
export function mergeMessages(shown: readonly Message[], read: readonly Message[]): Message[] {
  const bySeq = new Map([...shown, ...read].map((message) => [message.seq, message]));
  return [...bySeq.values()].sort((a, b) => a.seq - b.seq);
}

/** How far a thread is known: one's own message may be read before the one that came just ahead of it. */
export function lastBeforeGap(messages: readonly Message[]): number | undefined {
  const gap = messages.findIndex(({ seq }, at) => at > 0 && seq !== (messages[at - 1]?.seq ?? 0) + 1);
  return messages.at(gap === -1 ? -1 : gap - 1)?.seq;
}

/** What is still on its way once these messages are known to be stored. */
export function stillUnsent(unsent: readonly UnsentMessage[], stored: readonly Message[]): UnsentMessage[] {
  const arrived = new Set(stored.map((message) => message.clientId));
  return unsent.filter((message) => !arrived.has(message.clientId));
}

/** The seq from which a visitor's messages are new, given how far the agents had read. */
export function firstUnread(messages: readonly Message[], readByAgents: number): number | null {
  return messages.find((message) => message.kind === "visitor" && message.seq > readByAgents)?.seq ?? null;
}
