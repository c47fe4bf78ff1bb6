import { useEffect, useLayoutEffect, useMemo, useState } from "preact/hooks";
import { EmptyState, ErrorCard, Gone, Skeleton } from "../../components/state-cards.tsx";
import { readUsers } from "../../directory.ts";
import { onCommand } from "../../keys.ts";
import { onVisitorPresence, watchConversation } from "../../live.ts";
import { followLink, hrefOf } from "../../router.ts";
import { currentUser } from "../../session.ts";
import { useTitle } from "../../use-title.ts";
import { ConversationSidebar } from "../crm/conversation-sidebar.tsx";
import { Composer } from "./composer.tsx";
import { endConversation, reopenConversation } from "./conversation-actions.ts";
import { followConversation, loadConversation, type OpenConversation, openConversation } from "./conversation-store.ts";
import { ConversationHeader } from "./header.tsx";
import { Thread } from "./thread.tsx";
import { useTyping } from "./typing-store.ts";
import { useSidebarShown } from "./use-sidebar-shown.ts";

export function ConversationScreen({ id }: { id: string }) {
  const conversation = useMemo(() => openConversation(id), [id]);
  const [assignOpened, setAssignOpened] = useState(0);
  const sidebar = useSidebarShown();

  useEffect(() => {
    void loadConversation(conversation);
    void readUsers();
    return followConversation(conversation);
  }, [conversation]);
  useEffect(() => followPresence(conversation), [conversation]);
  useLayoutEffect(
    () => onCommand({ assign: () => setAssignOpened((times) => times + 1), end: () => toggleEnded(conversation) }),
    [conversation],
  );

  const typing = useTyping(id, currentUser().id);
  const detail = conversation.detail.value;
  useTitle(detail?.person.label ?? "Conversation");
  if (!detail) return <NotYet conversation={conversation} />;
  const otherAgents = typing.filter((push) => push.from === "agent").map((push) => push.name);
  return (
    <>
      <main class="thread" aria-label={`Conversation with ${detail.person.label}`}>
        <ConversationHeader
          conversation={conversation}
          detail={detail}
          assignOpened={assignOpened}
          sidebarShown={sidebar.shown}
          onToggleSidebar={sidebar.toggle}
        />
        {conversation.loaded.value ? (
          <Thread conversation={conversation} detail={detail} typing={typing} />
        ) : (
          <div class="thread-area thread-loading">
            <Skeleton lines={6} label="Loading messages" />
          </div>
        )}
        {otherAgents.length > 0 && (
          <p class="thread-collision" role="status">
            {otherAgents.join(", ")} {otherAgents.length === 1 ? "is" : "are"} replying
          </p>
        )}
        <Composer
          conversation={conversation}
          ended={detail.status === "ended"}
          onReopen={() => void reopenConversation(conversation)}
          doNotContact={detail.contact.doNotContact}
        />
      </main>
      <ConversationSidebar conversation={conversation} detail={detail} shown={sidebar.shown} />
    </>
  );
}

function toggleEnded(conversation: OpenConversation): void {
  const ended = conversation.detail.value?.status === "ended";
  void (ended ? reopenConversation(conversation) : endConversation(conversation));
}

function followPresence(conversation: OpenConversation): () => void {
  function setOnline(visitorOnline: boolean): void {
    const detail = conversation.detail.value;
    if (detail) conversation.detail.value = { ...detail, visitorOnline };
  }
  const stopPushes = onVisitorPresence((push) => {
    if (push.conversationId === conversation.id) setOnline(push.online);
  });
  const unwatch = watchConversation(conversation.id, setOnline);
  return () => {
    stopPushes();
    unwatch();
  };
}

function NotYet({ conversation }: { conversation: OpenConversation }) {
  const problem = conversation.problem.value;
  const back = (
    <a class="ui-link" href={hrefOf("/inbox")} onClick={followLink}>
      Back to the inbox
    </a>
  );
  return (
    <main class="thread thread-loading">
      {!problem && <Skeleton lines={6} label="Loading the conversation" />}
      {problem && conversation.isGone.value && <Gone action={back}>{problem}</Gone>}
      {problem && !conversation.isGone.value && (
        <EmptyState action={back}>
          <ErrorCard message={problem} onRetry={() => void loadConversation(conversation)} />
        </EmptyState>
      )}
    </main>
  );
}
