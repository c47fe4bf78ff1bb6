import { Search, X } from "lucide";
import { useEffect, useRef, useState } from "preact/hooks";
import { IconButton } from "../../components/button.tsx";
import { Icon } from "../../components/icon.tsx";
import { Segmented } from "../../components/segmented.tsx";
import { EmptyState, ErrorCard, Skeleton } from "../../components/state-cards.tsx";
import type { InboxQuery } from "../../endpoints/conversations.ts";
import { followLink, hrefOf, navigate } from "../../router.ts";
import { currentUser } from "../../session.ts";
import {
  countOf,
  type InboxState,
  inbox,
  inboxQuery,
  loadingMore,
  loadMore,
  openInbox,
  searchOf,
} from "./inbox-store.ts";
import { ConversationRow } from "./row.tsx";

const VIEWS = [
  { view: "mine", label: "Mine" },
  { view: "unassigned", label: "Unassigned" },
  { view: "all", label: "All" },
] as const;

const TYPING_PAUSE_MS = 200;
const LOAD_AHEAD = "400px";

/** The list column. `path` is the place the filters stay on: the inbox, or the conversation open beside it. */
export function ConversationList({ selectedId, path }: { selectedId: string | null; path: string }) {
  const query = inboxQuery.value;
  function show(change: Partial<InboxQuery>): void {
    navigate(`${path}${searchOf({ ...query, ...change })}`, { replace: true });
  }
  return (
    <section class="inbox-list" aria-label="Conversations">
      <header class="inbox-head">
        <div class="inbox-title">
          <h1>Inbox</h1>
          <Segmented
            label="Status"
            value={query.status}
            options={[
              { value: "open", label: "Open" },
              { value: "ended", label: "Ended" },
            ]}
            onValue={(status) => show({ status })}
          />
        </div>
        <SearchBox search={query.search} onSearch={(search) => show({ search })} />
        <nav class="inbox-tabs" aria-label="Views">
          {VIEWS.map(({ view, label }) => (
            <a
              key={view}
              class="inbox-tab"
              href={hrefOf(`${path}${searchOf({ ...query, view })}`)}
              aria-current={query.view === view ? "true" : undefined}
              onClick={followLink}
            >
              {label} <span class="inbox-tab-count">{countOf(view)}</span>
            </a>
          ))}
        </nav>
      </header>
      <div class="inbox-rows">
        <Rows state={inbox.value} query={query} selectedId={selectedId} onShow={show} />
      </div>
    </section>
  );
}

function SearchBox({ search, onSearch }: { search: string; onSearch: (search: string) => void }) {
  const [text, setText] = useState(search);
  const input = useRef<HTMLInputElement>(null);
  useEffect(() => setText(search), [search]);
  useEffect(() => {
    if (text.trim() === search) return;
    const timer = setTimeout(() => onSearch(text.trim()), TYPING_PAUSE_MS);
    return () => clearTimeout(timer);
  });
  return (
    <search class="inbox-search">
      <Icon node={Search} />
      <input
        ref={input}
        type="search"
        class="inbox-search-input"
        data-search
        value={text}
        placeholder="Search people and messages"
        aria-label="Search people and messages"
        title="Search (/)"
        onInput={(event) => setText(event.currentTarget.value)}
      />
      {text !== "" && (
        <IconButton
          small
          node={X}
          label="Clear search"
          onClick={() => {
            setText("");
            input.current?.focus();
          }}
        />
      )}
    </search>
  );
}

interface RowsProps {
  state: InboxState;
  query: InboxQuery;
  selectedId: string | null;
  onShow: (change: Partial<InboxQuery>) => void;
}

function Rows({ state, query, selectedId, onShow }: RowsProps) {
  if (state.state === "loading") return <RowSkeletons />;
  if (state.state === "failed") return <ErrorCard message={state.message} onRetry={() => void openInbox(query)} />;
  if (state.rows.length === 0) return <NoConversations query={query} onShow={onShow} />;
  const search = searchOf(query);
  return (
    <>
      <ul class="inbox-items">
        {state.rows.map((row) => (
          <li key={row.id}>
            <ConversationRow row={row} selected={row.id === selectedId} search={search} ownId={currentUser().id} />
          </li>
        ))}
      </ul>
      {state.nextCursor && <MoreRows key={state.nextCursor} />}
    </>
  );
}

/** Asks for the next page as soon as its place comes near the window. */
function MoreRows() {
  const element = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (!element.current) return;
    const observer = new IntersectionObserver(
      (entries) => {
        if (entries.some((entry) => entry.isIntersecting)) void loadMore();
      },
      { rootMargin: LOAD_AHEAD },
    );
    observer.observe(element.current);
    return () => observer.disconnect();
  }, []);
  return (
    <div class="inbox-more" ref={element}>
      {loadingMore.value ? (
        <Skeleton lines={2} label="Loading more conversations" />
      ) : (
        <button type="button" class="ui-link" onClick={() => void loadMore()}>
          Show more
        </button>
      )}
    </div>
  );
}

function RowSkeletons() {
  return (
    <div class="inbox-skeletons">
      {Array.from({ length: 6 }, (_, index) => (
        <Skeleton lines={2} label="Loading conversations" key={index} />
      ))}
    </div>
  );
}

function NoConversations({ query, onShow }: Pick<RowsProps, "query" | "onShow">) {
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
