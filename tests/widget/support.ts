import type { VisitorConversation } from "@rolodesk/shared/conversation";
import type { Message } from "@rolodesk/shared/message";
import type { Disk } from "../../widget/src/app/disk.ts";

/** A disk in memory, as `localStorage` keeps it between two loads of a page. */
export function memoryDisk(): Disk & { names(): string[] } {
  const kept = new Map<string, string>();
  return {
    getItem: (name) => kept.get(name) ?? null,
    setItem: (name, value) => void kept.set(name, value),
    removeItem: (name) => void kept.delete(name),
    names: () => [...kept.keys()],
  };
}

export function conversationWith(fields: Partial<VisitorConversation> = {}): VisitorConversation {
  return {
    id: "01900000-0000-7000-8000-000000000001",
    status: "open",
    endedBy: null,
    lastSeq: 0,
    readByVisitor: 0,
    readByAgents: 0,
    statedFields: [],
    ...fields,
  };
}

export function messageWith(fields: Partial<Message> = {}): Message {
  const seq = fields.seq ?? 1;
  return {
    id: `id-${seq}`,
    conversationId: conversationWith().id,
    seq,
    clientId: `client-${seq}`,
    kind: "visitor",
    event: null,
    authorName: null,
    authorId: null,
    text: `text ${seq}`,
    createdAt: "2026-03-02T10:00:00.000Z",
    ...fields,
  };
}
