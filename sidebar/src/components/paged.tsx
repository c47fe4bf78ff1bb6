import type { ComponentChildren } from "preact";
import type { Pages } from "../use-pages.ts";
import { Button } from "./button.tsx";
import { ErrorCard, Skeleton } from "./state-cards.tsx";

interface PagedProps<T> {
  pages: Pages<T>;
  /** What is being waited for: "Loading syncs". */
  loading: string;
  lines?: number;
  /** Stands there when there is nothing. */
  empty: ComponentChildren;
  /** The rows there are, at least one. */
  children: (items: readonly T[]) => ComponentChildren;
}

/** A list that is read page by page: its rows and the way to more, or why there are none. */
export function Paged<T>({ pages, loading, lines = 6, empty, children }: PagedProps<T>) {
  const { items, problem } = pages;
  return (
    <>
      {problem && <ErrorCard message={problem} onRetry={pages.reload} />}
      {!items && !problem && <Skeleton lines={lines} label={loading} />}
      {items && items.length > 0 && children(items)}
      {items?.length === 0 && !pages.hasMore && empty}
      {pages.hasMore && (
        <div class="log-more">
          <Button busy={pages.loadingMore} onClick={pages.loadMore}>
            Show more
          </Button>
        </div>
      )}
    </>
  );
}
