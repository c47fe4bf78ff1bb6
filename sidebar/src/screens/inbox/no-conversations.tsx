import { EmptyState } from "../../components/state-cards.tsx";
import type { InboxQuery } from "../../endpoints/conversations.ts";
import { followLink, hrefOf } from "../../router.ts";
import { currentUser } from "../../session.ts";

interface NoConversationsProps {
  query: InboxQuery;
  onShow: (change: Partial<InboxQuery>) => void;
}

/** Why the list is empty, and the one thing to do about it. */
export function NoConversations({ query, onShow }: NoConversationsProps) {
  if (query.search !== "") {
    return (
      <EmptyState
        action={
          <button type="button" class="ui-link" onClick={() => onShow({ search: "" })}>
            Clear search
          </button>
        }
      >
        Nothing here matches “{query.search}”.
      </EmptyState>
    );
  }
  if (query.view !== "all") {
    return (
      <EmptyState
        action={
          <button type="button" class="ui-link" onClick={() => onShow({ view: "all" })}>
            Show all conversations
          </button>
        }
      >
        {query.view === "mine" ? "Nothing is assigned to you." : "Every conversation has somebody."}
      </EmptyState>
    );
  }
  if (query.status === "ended") return <EmptyState>No conversation has ended yet.</EmptyState>;
  return <EmptyState action={<FirstSteps />}>No open conversations.</EmptyState>;
}

function FirstSteps() {
  const me = currentUser();
  if (me.demo) {
    return (
      <a class="ui-link" href="/demo" target="_blank" rel="noreferrer">
        Open the demo shop and write something
      </a>
    );
  }
  return (
    <a class="ui-link" href={hrefOf("/settings/sites")} onClick={followLink}>
      Put the chat on your website
    </a>
  );
}
