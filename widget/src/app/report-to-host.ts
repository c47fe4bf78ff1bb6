import type { HostLink } from "../bridge/connect-host.ts";
import { isRecord } from "../bridge/shape.ts";
import { unreadCount } from "./bubbles.ts";
import type { ConversationState } from "./conversation-state.ts";
import type { Observable } from "./observable.ts";
import type { Store } from "./store.ts";

/** A message that is read as it arrives is not counted: the badge would only flicker. */
const SETTLE_MS = 100;

/** Tells the host page what it may know: counts, agents' messages (each once per browser), states. */
export function reportToHost(state: Observable<ConversationState>, store: Store, host: HostLink): void {
  let last = state.get();
  let unread = 0;
  let counting: ReturnType<typeof setTimeout> | undefined;

  state.watch(() => {
    const now = state.get();
    const before = last;
    last = now;
    clearTimeout(counting);
    counting = setTimeout(reportUnread, SETTLE_MS);
    if (now.identity.state !== before.identity.state) host.send({ type: "identity", state: now.identity.state });
    if (now.conversation !== before.conversation || now.pending !== before.pending) reportUse(now);
    if (now.conversation?.status === "ended" && before.conversation?.status === "open") host.send({ type: "ended" });
    if (now.messages !== before.messages) reportMessages(now);
  });

  function reportUnread(): void {
    const count = unreadCount(state.get());
    if (count !== unread) host.send({ type: "unread", count });
    unread = count;
  }

  function reportUse({ conversation, pending }: ConversationState): void {
    if (store.inUse()) host.send({ type: "used", open: conversation?.status === "open" || pending.length > 0 });
    else host.send({ type: "forgotten" });
  }

  function reportMessages({ conversation, messages }: ConversationState): void {
    if (!conversation) return;
    const seen = Math.max(conversation.readByVisitor, previewed(conversation.id));
    for (const { kind, seq, id, authorName, text } of messages) {
      if (kind !== "agent" || seq <= seen) continue;
      host.send({ type: "message", message: { id, author: authorName ?? "", text } });
      store.write("previewed", { conversationId: conversation.id, seq });
    }
  }

  function previewed(conversationId: string): number {
    const stored = store.read("previewed");
    return isRecord(stored) && stored.conversationId === conversationId ? Number(stored.seq) : 0;
  }
}
