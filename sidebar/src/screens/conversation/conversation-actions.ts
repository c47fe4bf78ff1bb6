import type { ConversationDetail } from "@rolodesk/shared/conversation";
import { failureText } from "../../api.ts";
import { postAssign, postStatus, postVerify } from "../../endpoints/conversations.ts";
import { showToast } from "../../toasts.ts";
import { patchRow } from "../inbox/inbox-store.ts";
import { type OpenConversation, takeDetail } from "./conversation-store.ts";

/** Shows the change at once, asks the server, and goes back with its words when it refuses. */
async function change(
  conversation: OpenConversation,
  shown: Partial<ConversationDetail>,
  ask: () => Promise<ConversationDetail>,
): Promise<boolean> {
  const before = conversation.detail.value;
  if (!before) return false;
  conversation.detail.value = { ...before, ...shown };
  patchRow(conversation.id, shown);
  try {
    takeDetail(conversation, await ask());
    return true;
  } catch (error) {
    conversation.detail.value = before;
    const { assigneeId, assigneeName, status } = before;
    patchRow(conversation.id, { assigneeId, assigneeName, status });
    showToast(failureText(error), { tone: "danger" });
    return false;
  }
}

export async function assignTo(
  conversation: OpenConversation,
  user: { id: string; name: string } | null,
): Promise<void> {
  const before = conversation.detail.value;
  const shown = { assigneeId: user?.id ?? null, assigneeName: user?.name ?? null };
  const done = await change(conversation, shown, () => postAssign(conversation.id, user?.id ?? null));
  if (!done || !before) return;
  const previous =
    before.assigneeId !== null && before.assigneeName !== null
      ? { id: before.assigneeId, name: before.assigneeName }
      : null;
  showToast(user ? `Assigned to ${user.name}.` : "Nobody is assigned now.", {
    action: { label: "Undo", run: () => void assignTo(conversation, previous) },
  });
}

export async function endConversation(conversation: OpenConversation): Promise<void> {
  const done = await change(conversation, { status: "ended" }, () => postStatus(conversation.id, "end"));
  if (!done) return;
  showToast("Conversation ended. What was learned is on its way to your CRMs.", {
    action: { label: "Reopen", run: () => void reopenConversation(conversation) },
  });
}

export async function reopenConversation(conversation: OpenConversation): Promise<void> {
  await change(conversation, { status: "open" }, () => postStatus(conversation.id, "reopen"));
}

/** Not shown before the server agrees: it is a statement about a person. Answers the refusal in words, or null. */
export async function verifyPerson(conversation: OpenConversation): Promise<string | null> {
  try {
    takeDetail(conversation, await postVerify(conversation.id));
    return null;
  } catch (error) {
    return failureText(error);
  }
}
