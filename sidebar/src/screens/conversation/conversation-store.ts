import { type Signal, signal } from "@preact/signals";
import type { ConversationDetail } from "@rolodesk/shared/conversation";
import type { Message } from "@rolodesk/shared/message";
import type { Change } from "@rolodesk/shared/realtime";
import { expectFailure, failureText } from "../../api.ts";
import { listMessages, postRead, readConversation } from "../../endpoints/conversations.ts";
import { onChange, onReturn } from "../../live.ts";
import { createReread, isNews, newest } from "../../reread.ts";
import { showToast } from "../../toasts.ts";
import { patchRow } from "../inbox/inbox-store.ts";
import { firstUnread, lastBeforeGap, mergeMessages, stillUnsent, type UnsentMessage } from "./thread-items.ts";

/** Everything known of one conversation on screen; kept for a while so that coming back is instant. */
export interface OpenConversation {
  readonly id: string;
  readonly detail: Signal<ConversationDetail | null>;
  readonly messages: Signal<readonly Message[]>;
  readonly unsent: Signal<readonly UnsentMessage[]>;
  readonly hasOlder: Signal<boolean>;
  readonly loadingOlder: Signal<boolean>;
  /** Why nothing could be read; null when something is shown. */
  readonly problem: Signal<string | null>;
  /** The server does not know it, or not for this agent. */
  readonly isGone: Signal<boolean>;
  readonly unreadFrom: Signal<number | null>;
  /** False until the first page of messages has come. */
  readonly loaded: Signal<boolean>;
  lastReadSent: number;
}

const KEPT_CONVERSATIONS = 20;
const REREAD_DELAY_MS = 60;
const kept = new Map<string, OpenConversation>();

export function openConversation(id: string): OpenConversation {
  const known = kept.get(id);
  if (known) kept.delete(id);
  const opened = known ?? createConversation(id);
  kept.set(id, opened);
  const [oldest] = kept.keys();
  if (kept.size > KEPT_CONVERSATIONS && oldest) kept.delete(oldest);
  return opened;
}

function createConversation(id: string): OpenConversation {
  return {
    id,
    detail: signal(null),
    messages: signal([]),
    unsent: signal([]),
    hasOlder: signal(false),
    loadingOlder: signal(false),
    problem: signal(null),
    isGone: signal(false),
    unreadFrom: signal(null),
    loaded: signal(false),
    lastReadSent: 0,
  };
}

/** Reads head and thread; what is shown already stays while it is read again. */
export async function loadConversation(conversation: OpenConversation): Promise<void> {
  conversation.problem.value = null;
  conversation.isGone.value = false;
  try {
    const [detail] = await Promise.all([readConversation(conversation.id), readNewMessages(conversation)]);
    takeDetail(conversation, detail);
    conversation.unreadFrom.value = firstUnread(conversation.messages.value, detail.readByAgents);
    conversation.loaded.value = true;
  } catch (error) {
    const failure = expectFailure(error);
    conversation.problem.value = failure.message;
    conversation.isGone.value = failure.status === 404;
  }
}

export function takeDetail(conversation: OpenConversation, detail: ConversationDetail): void {
  conversation.detail.value = newest(conversation.detail.value, detail);
}

async function rereadDetail(conversation: OpenConversation): Promise<void> {
  try {
    takeDetail(conversation, await readConversation(conversation.id));
    conversation.problem.value = null;
  } catch (error) {
    if (!conversation.detail.value) conversation.problem.value = failureText(error);
  }
}

/** The latest page at first; later everything after the last message before which none is missing. */
async function readNewMessages(conversation: OpenConversation): Promise<void> {
  const last = lastBeforeGap(conversation.messages.value);
  if (last === undefined) {
    const page = await listMessages(conversation.id, {});
    takeMessages(conversation, page.messages);
    conversation.hasOlder.value = page.hasMore;
    return;
  }
  let after = last;
  let more = true;
  while (more) {
    const page = await listMessages(conversation.id, { after });
    takeMessages(conversation, page.messages);
    after = page.messages.at(-1)?.seq ?? after;
    more = page.hasMore && page.messages.length > 0;
  }
}

export function takeMessages(conversation: OpenConversation, read: readonly Message[]): void {
  conversation.messages.value = mergeMessages(conversation.messages.value, read);
  conversation.unsent.value = stillUnsent(conversation.unsent.value, read);
}

export async function loadOlder(conversation: OpenConversation): Promise<void> {
  const first = conversation.messages.value[0]?.seq;
  if (first === undefined || conversation.loadingOlder.value) return;
  conversation.loadingOlder.value = true;
  try {
    const page = await listMessages(conversation.id, { before: first });
    takeMessages(conversation, page.messages);
    conversation.hasOlder.value = page.hasMore;
  } catch (error) {
    showToast(failureText(error), { tone: "danger" });
  } finally {
    conversation.loadingOlder.value = false;
  }
}

/** Tells the server how far this agent has seen the thread; each seq once. */
export async function markRead(conversation: OpenConversation): Promise<void> {
  const last = conversation.messages.value.at(-1)?.seq ?? 0;
  const readByAgents = conversation.detail.value?.readByAgents ?? 0;
  if (last <= Math.max(conversation.lastReadSent, readByAgents)) return;
  conversation.lastReadSent = last;
  patchRow(conversation.id, { unread: 0 });
  try {
    await postRead(conversation.id, last);
    patchRow(conversation.id, { unread: 0 });
  } catch (error) {
    expectFailure(error);
    conversation.lastReadSent = 0;
  }
}

/** Keeps the conversation with the pushes while it is on screen. */
export function followConversation(conversation: OpenConversation): () => void {
  const messages = createReread(() => readNewMessagesQuietly(conversation), REREAD_DELAY_MS);
  const detail = createReread(() => rereadDetail(conversation), REREAD_DELAY_MS);
  function noteChange(change: Change): void {
    if (change.conversationId !== conversation.id) return;
    if (change.kind === "message") messages.ask();
    if (change.kind === "message" || change.kind === "conversation") {
      if (change.kind === "message" || isNews(conversation.detail.value, change)) detail.ask();
    }
  }
  function readAll(): void {
    messages.ask();
    detail.ask();
  }
  const stops = [onChange(noteChange), onReturn(readAll), messages.stop, detail.stop];
  return () => {
    for (const stop of stops) stop();
  };
}

/** A reading that fails leaves what is shown; the next push or reconnection reads again. */
async function readNewMessagesQuietly(conversation: OpenConversation): Promise<void> {
  try {
    await readNewMessages(conversation);
  } catch (error) {
    expectFailure(error);
  }
}
