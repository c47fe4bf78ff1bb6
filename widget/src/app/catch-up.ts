import type { VisitorConversation } from "@rolodesk/shared/conversation";
import type { Message } from "@rolodesk/shared/message";
import type { Socket } from "./socket.ts";
import { isConversation, isMessage } from "./wire-shapes.ts";

interface Page {
  conversation: VisitorConversation;
  messages: Message[];
  hasMore: boolean;
}

/**
 * Asks for everything after `afterSeq`, page by page, and hands each page on. Resolves "gone" when the conversation
 * is not (any more) this visitor's, "later" when the connection was lost on the way.
 */
export async function catchUp(
  socket: Socket,
  conversationId: string,
  afterSeq: number,
  take: (page: Page) => void,
): Promise<"done" | "gone" | "later"> {
  for (let after = afterSeq; ; ) {
    const answer = await socket.request("conversation.resume", { conversationId, afterSeq: after });
    if (answer === "lost") return "later";
    if (!answer.ok) return answer.error.code === "not_found" ? "gone" : "later";
    const { conversation, messages, hasMore } = answer.data;
    if (!isConversation(conversation) || !Array.isArray(messages)) return "later";
    const page = { conversation, messages: messages.filter(isMessage), hasMore: hasMore === true };
    take(page);
    after = Math.max(after, ...page.messages.map((message) => message.seq));
    if (!page.hasMore || page.messages.length === 0) return "done";
  }
}
