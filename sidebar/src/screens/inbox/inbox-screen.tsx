import { MessagesSquare } from "lucide";
import { useEffect } from "preact/hooks";
import { Icon } from "../../components/icon.tsx";
import { useTitle } from "../../use-title.ts";
import { ConversationScreen } from "../conversation/conversation-screen.tsx";
import { ConversationList } from "./conversation-list.tsx";
import { followInbox, inboxQuery, openInbox } from "./inbox-store.ts";

/** List and thread. Below 900 px only one of them is on screen, like pages. */
export function InboxScreen({ conversationId }: { conversationId: string | null }) {
  const query = inboxQuery.value;
  useEffect(() => {
    void openInbox(query);
  }, [query.view, query.status, query.search]);
  useEffect(followInbox, []);
  return (
    <div class={`inbox${conversationId ? " inbox-with-thread" : ""}`}>
      <ConversationList selectedId={conversationId} path={conversationId ? `/inbox/${conversationId}` : "/inbox"} />
      {conversationId ? <ConversationScreen key={conversationId} id={conversationId} /> : <NothingChosen />}
    </div>
  );
}

function NothingChosen() {
  useTitle("Inbox");
  return (
    <main class="inbox-nothing">
      <Icon node={MessagesSquare} size={20} />
      <p>Choose a conversation to read it here.</p>
      <p class="ui-hint">
        <kbd>J</kbd> and <kbd>K</kbd> move through the list, <kbd>?</kbd> shows every shortcut.
      </p>
    </main>
  );
}
