import { useEffect, useRef } from "preact/hooks";
import { Segmented } from "../../components/segmented.tsx";
import { ErrorCard, Skeleton } from "../../components/state-cards.tsx";
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
import { NoConversations } from "./no-conversations.tsx";
import { ConversationRow } from "./row.tsx";
import { SearchBox } from "./search-box.tsx";

const VIEWS = [
  { view: "mine", label: "Mine" },
  { view: "unassigned", label: "Unassigned" },
  { view: "all", label: "All" },
] as const;

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
          {selectedId ? <h2 class="inbox-name">Inbox</h2> : <h1 class="inbox-name">Inbox</h1>}
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
      <ul>
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
    <div>
      {Array.from({ length: 6 }, (_, index) => (
        <Skeleton lines={2} label="Loading conversations" key={index} />
      ))}
    </div>
  );
}
