import { isRecord } from "../bridge/shape.ts";
import { newClientId } from "./client-id.ts";
import { exclusive } from "./exclusive.ts";
import type { Store } from "./store.ts";

/** A message written here that the server has not acknowledged. */
export interface OutboxEntry {
  /** UUID; the same at every attempt, so that the server stores it once. */
  clientId: string;
  /** Null: it begins a conversation. */
  conversationId: string | null;
  text: string;
  /** ISO 8601 */
  at: string;
  /** Why the server will never take it, in words; null while it may. */
  refused: string | null;
}

/** What came of one attempt. */
export type SendOutcome =
  | { kind: "stored"; conversationId: string }
  /** The server will not take it as it is: it stays, with the reason. */
  | { kind: "refused"; reason: string }
  /** Its conversation is over or not ours any more: it begins a new one. */
  | { kind: "homeless" }
  /** No network, or the server is busy: the same again later. */
  | { kind: "later" };

export interface Outbox {
  entries(): OutboxEntry[];
  add(text: string, conversationId: string | null): OutboxEntry;
  /** Takes a refused message back and returns it. */
  take(clientId: string): OutboxEntry | null;
  /** Sends what waits, one after the other, in the order of writing. Resolves when the rest must wait. */
  flush(): Promise<void>;
}

/**
 * @param send one attempt; never rejects
 * @param changed called after every change made here
 */
export function createOutbox(
  siteKey: string,
  store: Store,
  send: (entry: OutboxEntry) => Promise<SendOutcome>,
  changed: () => void,
): Outbox {
  function entries(): OutboxEntry[] {
    const stored = store.read("outbox");
    return Array.isArray(stored) ? stored.filter(isEntry) : [];
  }

  function write(next: OutboxEntry[]): void {
    store.write("outbox", next);
    changed();
  }

  /** The entries are read anew: another tab may have written while the attempt was under way. */
  function settle(entry: OutboxEntry, outcome: SendOutcome): void {
    if (outcome.kind === "later") return;
    const others = entries().filter(({ clientId }) => clientId !== entry.clientId || outcome.kind !== "stored");
    write(others.map((other) => afterwards(other, entry, outcome)));
  }

  async function flushInOrder(): Promise<void> {
    for (;;) {
      const head = entries().find((entry) => entry.refused === null);
      if (!head) return;
      const outcome = await send(head);
      settle(head, outcome);
      if (outcome.kind === "later" || (outcome.kind === "homeless" && head.conversationId === null)) return;
    }
  }

  return {
    entries,
    add(text, conversationId) {
      const entry = {
        clientId: newClientId(),
        conversationId,
        text,
        at: new Date().toISOString(),
        refused: null,
      };
      write([...entries(), entry]);
      return entry;
    },
    take(clientId) {
      const found = entries().find((entry) => entry.clientId === clientId && entry.refused !== null);
      if (found) write(entries().filter((entry) => entry.clientId !== clientId));
      return found ?? null;
    },
    flush: () => exclusive(`rolodesk:${siteKey}:outbox`, flushInOrder),
  };
}

/** What an entry becomes when `sent` had that outcome. */
function afterwards(entry: OutboxEntry, sent: OutboxEntry, outcome: SendOutcome): OutboxEntry {
  const isSent = entry.clientId === sent.clientId;
  if (outcome.kind === "refused" && isSent) return { ...entry, refused: outcome.reason };
  if (outcome.kind === "homeless" && entry.conversationId === sent.conversationId) {
    return { ...entry, conversationId: null };
  }
  if (outcome.kind === "stored" && entry.conversationId === null) {
    return { ...entry, conversationId: outcome.conversationId };
  }
  return entry;
}

function isEntry(data: unknown): data is OutboxEntry {
  return isRecord(data) && typeof data.clientId === "string" && typeof data.text === "string";
}
