import { failureText } from "../../api.ts";
import { newClientId } from "../../client-id.ts";
import { postMessage } from "../../endpoints/conversations.ts";
import { type OpenConversation, takeMessages } from "./conversation-store.ts";
import type { UnsentMessage } from "./thread-items.ts";

/** Shows the message at once and sends it. A failure keeps it, with its client id, for a resend. */
export async function sendMessage(
  conversation: OpenConversation,
  input: { kind: "agent" | "note"; text: string },
): Promise<void> {
  const message: UnsentMessage = {
    ...input,
    clientId: newClientId(),
    createdAt: new Date().toISOString(),
    problem: null,
  };
  conversation.unsent.value = [...conversation.unsent.value, message];
  await deliverMessage(conversation, message);
}

/** Sends the same message again: the server knows its client id and never stores it twice. */
export async function resendMessage(conversation: OpenConversation, message: UnsentMessage): Promise<void> {
  setProblem(conversation, message, null);
  await deliverMessage(conversation, message);
}

export function discardMessage(conversation: OpenConversation, message: UnsentMessage): void {
  conversation.unsent.value = conversation.unsent.value.filter((other) => other.clientId !== message.clientId);
}

async function deliverMessage(conversation: OpenConversation, message: UnsentMessage): Promise<void> {
  const { clientId, kind, text } = message;
  try {
    takeMessages(conversation, [await postMessage(conversation.id, { clientId, kind, text })]);
  } catch (error) {
    setProblem(conversation, message, failureText(error));
  }
}

function setProblem(conversation: OpenConversation, message: UnsentMessage, problem: string | null): void {
  conversation.unsent.value = conversation.unsent.value.map((other) =>
    other.clientId === message.clientId ? { ...other, problem } : other,
  );
}
