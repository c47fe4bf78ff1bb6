import type { NewMessage } from "../../db/queries/message.ts";
import type { Deps } from "../../deps.ts";

/** A centred line that both sides read, such as "Sara joined". */
export function eventLine(deps: Pick<Deps, "newId" | "now">, conversationId: string, text: string): NewMessage {
  return {
    id: deps.newId(),
    conversationId,
    clientId: deps.newId(),
    kind: "event",
    authorId: null,
    authorName: null,
    text,
    createdAt: deps.now(),
  };
}
