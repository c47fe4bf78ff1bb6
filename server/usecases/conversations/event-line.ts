import type { ChatEvent } from "@rolodesk/shared/vocabulary";
import type { NewMessage } from "../../db/queries/message.ts";
import type { Deps } from "../../deps.ts";

/** A centred line that both sides read, such as "Sara joined". */
export interface EventLine {
  readonly event: ChatEvent;
  /** The agent it tells of. */
  readonly name: string | null;
  /** In English, for the console and the transcript. */
  readonly text: string;
}

export function eventLine(
  deps: Pick<Deps, "newId" | "now">,
  conversationId: string,
  { event, name, text }: EventLine,
): NewMessage {
  return {
    id: deps.newId(),
    conversationId,
    clientId: deps.newId(),
    kind: "event",
    event,
    authorId: null,
    authorName: name,
    text,
    createdAt: deps.now(),
  };
}

export function started(): EventLine {
  return { event: "started", name: null, text: "Conversation started" };
}

export function joined(name: string): EventLine {
  return { event: "joined", name, text: `${name} joined` };
}

export function reopened(name: string): EventLine {
  return { event: "reopened", name, text: `${name} reopened the conversation` };
}

export function endedByVisitor(): EventLine {
  return { event: "ended_by_visitor", name: null, text: "The visitor ended the conversation" };
}

export function endedByAgent(name: string): EventLine {
  return { event: "ended_by_agent", name, text: `${name} ended the conversation` };
}

export function endedBySilence(): EventLine {
  return { event: "ended_by_silence", name: null, text: "The conversation ended because nobody wrote for a while" };
}

export function continuedElsewhere(): EventLine {
  return { event: "continued_elsewhere", name: null, text: "The conversation continues in another window" };
}
