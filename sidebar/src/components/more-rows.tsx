import type { Pages } from "../use-pages.ts";
import { Button } from "./button.tsx";

/** Asks for the next page of a list. */
export function MoreRows<T>({ pages }: { pages: Pages<T> }) {
  if (!pages.hasMore) return null;
  return (
    <div class="log-more">
      <Button busy={pages.loadingMore} onClick={pages.loadMore}>
        Show more
      </Button>
    </div>
  );
}
