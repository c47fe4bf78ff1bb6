import type { ConversationDetail } from "@rolodesk/shared/conversation";
import { ArrowDown } from "lucide";
import { useEffect, useRef } from "preact/hooks";
import { Icon } from "../../components/icon.tsx";
import { Skeleton } from "../../components/state-cards.tsx";
import type { TypingPush } from "../../live.ts";
import { useNow } from "../../now.ts";
import { MessageGroup, UnsentBubble } from "./bubble.tsx";
import { loadOlder, markRead, type OpenConversation } from "./conversation-store.ts";
import { discardMessage, resendMessage } from "./sending.ts";
import { type ThreadItem, threadItems } from "./thread-items.ts";
import { useStickToEnd } from "./use-stick-to-end.ts";

const DAY_CHECK_MS = 60_000;

interface ThreadProps {
  conversation: OpenConversation;
  detail: ConversationDetail;
  typing: readonly TypingPush[];
}

export function Thread({ conversation, detail, typing }: ThreadProps) {
  const scroller = useRef<HTMLDivElement>(null);
  const now = useNow(DAY_CHECK_MS);
  const messages = conversation.messages.value;
  const unsent = conversation.unsent.value;
  const items = threadItems(messages, { now, unreadFrom: conversation.unreadFrom.value });
  const { behind, isAtEnd, toEnd } = useStickToEnd(scroller, {
    firstKey: messages[0]?.id,
    lastKey: unsent.at(-1)?.clientId ?? messages.at(-1)?.clientId,
    count: messages.length + unsent.length,
  });

  useMarkRead(conversation, isAtEnd, messages.length);
  useEffect(() => {
    if (unsent.length > 0) toEnd();
  }, [unsent.length, toEnd]);

  return (
    <div class="thread-area">
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling region must be reachable by keyboard */}
      <div class="thread-scroll" ref={scroller} tabIndex={0} role="log" aria-label="Messages" aria-live="polite">
        <div class="thread-column">
          {conversation.hasOlder.value && <OlderMessages conversation={conversation} />}
          {items.map((item) => (
            <Item item={item} detail={detail} key={item.key} />
          ))}
          {unsent.map((message) => (
            <UnsentBubble
              key={message.clientId}
              message={message}
              onRetry={() => void resendMessage(conversation, message)}
              onDiscard={() => discardMessage(conversation, message)}
            />
          ))}
          {detail.status === "open" && typing.some((push) => push.from === "visitor") && (
            <TypingBubble name={detail.person.label} />
          )}
        </div>
      </div>
      {behind > 0 && (
        <button type="button" class="thread-behind" onClick={toEnd}>
          <Icon node={ArrowDown} />
          {behind} new
        </button>
      )}
    </div>
  );
}

/** Read means: at the end of the thread, in a tab that is looked at. */
function useMarkRead(conversation: OpenConversation, isAtEnd: boolean, messageCount: number): void {
  useEffect(() => {
    function mark(): void {
      if (isAtEnd && document.visibilityState === "visible") void markRead(conversation);
    }
    mark();
    document.addEventListener("visibilitychange", mark);
    return () => document.removeEventListener("visibilitychange", mark);
  }, [conversation, isAtEnd, messageCount]);
}

function OlderMessages({ conversation }: { conversation: OpenConversation }) {
  const element = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (!element.current) return;
    const observer = new IntersectionObserver((entries) => {
      if (entries.some((entry) => entry.isIntersecting)) void loadOlder(conversation);
    });
    observer.observe(element.current);
    return () => observer.disconnect();
  }, [conversation]);
  return (
    <div class="thread-older" ref={element}>
      {conversation.loadingOlder.value ? (
        <Skeleton lines={2} label="Loading older messages" />
      ) : (
        <button type="button" class="ui-link" onClick={() => void loadOlder(conversation)}>
          Show older messages
        </button>
      )}
    </div>
  );
}

function Item({ item, detail }: { item: ThreadItem; detail: ConversationDetail }) {
  if (item.type === "group") {
    return <MessageGroup group={item} readByVisitor={detail.readByVisitor} visitorName={detail.person.label} />;
  }
  if (item.type === "event") return <p class="thread-event">{item.message.text}</p>;
  if (item.type === "day") {
    return (
      <p class="thread-day">
        <span>{item.label}</span>
      </p>
    );
  }
  return (
    <p class="thread-day thread-unread">
      <span>New</span>
    </p>
  );
}

function TypingBubble({ name }: { name: string }) {
  return (
    <div class="thread-typing">
      <span class="thread-dots" aria-hidden="true">
        <span />
        <span />
        <span />
      </span>
      {name} is typing
    </div>
  );
}
