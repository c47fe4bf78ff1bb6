import type { ConversationEvent } from "./conversation-state.ts";
import type { SendOutcome } from "./outbox.ts";
import type { Answer } from "./socket.ts";
import { isConversation, isMessage } from "./wire-shapes.ts";

/** What the answer to `message.send` means for the outbox and for the state. Only the server's word removes a message. */
export function readSendAnswer(answer: Answer): { outcome: SendOutcome; events: ConversationEvent[] } {
  if (answer === "lost") return { outcome: { kind: "later" }, events: [] };
  if (!answer.ok) return { outcome: refusal(answer.error.code, answer.error.message), events: [] };
  const { message, conversation } = answer.data;
  if (!isMessage(message) || !isConversation(conversation)) return { outcome: { kind: "later" }, events: [] };
  return {
    outcome: { kind: "stored", conversationId: conversation.id },
    events: [
      { type: "conversation", conversation },
      { type: "messages", messages: [message] },
    ],
  };
}

function refusal(code: string, reason: string): SendOutcome {
  switch (code) {
    case "bad_request":
    case "too_large":
    case "forbidden":
      return { kind: "refused", reason };
    case "not_found":
    case "conflict":
      return { kind: "homeless" };
    default:
      return { kind: "later" };
  }
}
