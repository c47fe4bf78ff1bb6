import type { AskFields } from "@rolodesk/shared/site";
import { VISITOR_FIELDS, type VisitorField } from "@rolodesk/shared/vocabulary";
import type { Answers } from "./answers.ts";
import type { ConversationState } from "./conversation-state.ts";
import { type Recognised, recognise } from "./recognise.ts";

interface CardField {
  field: VisitorField;
  required: boolean;
}

/** What is asked of the visitor inside the conversation. */
interface Questions {
  /**
   * The identity card's fields; empty: no card. A field that is on offer is not asked for as well, and a card nobody
   * has seen yet waits until an offer in the first message is answered: one question at a time.
   */
  card: CardField[];
  /** A value in the visitor's latest message that could be saved. */
  offer: { found: Recognised; messageSeq: number } | null;
}

/** Pure. A verified visitor is asked nothing, and nothing is asked after the end. */
export function openQuestions(state: ConversationState, ask: AskFields, answers: Answers): Questions {
  const { conversation, identity } = state;
  if (!conversation || conversation.status === "ended" || identity.state === "verified") {
    return { card: [], offer: null };
  }
  const offer = findOffer(state, ask, answers);
  const isHeldBack = offer !== null && offer.messageSeq === firstOwnSeq(state);
  if (isHeldBack || answers.skippedIn === conversation.id) return { offer, card: [] };
  return { offer, card: cardFields(state, ask).filter(({ field }) => field !== offer?.found.field) };
}

function findOffer(state: ConversationState, ask: AskFields, { declined }: Answers): Questions["offer"] {
  const last = state.messages.findLast((message) => message.kind === "visitor");
  const found = recognise(last?.text ?? "").find(({ field, value }) => {
    if (ask[field] === "off" || declined.includes(value)) return false;
    const known = state.identity[field];
    return known ? bare(known) !== bare(value) : !isStated(state, field);
  });
  return found && last ? { found, messageSeq: last.seq } : null;
}

function cardFields(state: ConversationState, ask: AskFields): CardField[] {
  if (firstOwnSeq(state) === undefined) return [];
  return VISITOR_FIELDS.filter(
    (field) => ask[field] !== "off" && !state.identity[field] && !isStated(state, field),
  ).map((field) => ({ field, required: ask[field] === "required" }));
}

function firstOwnSeq({ messages }: ConversationState): number | undefined {
  return messages.find((message) => message.kind === "visitor")?.seq;
}

function isStated({ conversation }: ConversationState, field: string): boolean {
  return conversation?.statedFields.includes(field) === true;
}

/** The same address or number however it is written; a national number is the end of its international form. */
function bare(value: string): string {
  return value.includes("@") ? value.toLowerCase() : value.replace(/\D/g, "").slice(-9);
}
