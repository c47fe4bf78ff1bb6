import type { Message } from "@rolodesk/shared/message";
import type { MessageRow } from "../db/queries/message.ts";

export function toMessage(row: MessageRow): Message {
  return {
    id: row.id,
    conversationId: row.conversationId,
    seq: row.seq,
    clientId: row.clientId,
    kind: row.kind,
    event: row.event,
    authorName: row.authorName,
    authorId: row.authorId,
    text: row.text,
    createdAt: row.createdAt.toISOString(),
  };
}
