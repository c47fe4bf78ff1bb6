import type { Change } from "@rolodesk/shared/realtime";
import { useEffect, useRef, useState } from "preact/hooks";
import { failureText } from "./api.ts";
import { onChange, onReturn } from "./live.ts";
import { createReread } from "./reread.ts";

interface Page<T> {
  items: readonly T[];
  nextCursor: string | null;
  /** How many there are in all, where the list tells. */
  total?: number;
}

export interface Pages<T> {
  /** null until the first page has come. */
  items: readonly T[] | null;
  problem: string | null;
  total: number;
  hasMore: boolean;
  loadingMore: boolean;
  loadMore: () => void;
  reload: () => void;
}

interface PagesOptions<T> {
  /** Names what is listed: another key lists anew. */
  key: string;
  read: (page: { cursor?: string; limit: number }) => Promise<Page<T>>;
  /** Which news concern the list. */
  follows: (change: Change) => boolean;
}

const PAGE_ROWS = 50;
const MOST_ROWS_AT_ONCE = 100;
const REREAD_DELAY_MS = 250;

/** The first rows as they were read again, and below the last of them what was shown below it. */
export function mergeRows<T extends { id: string }>(shown: Page<T>, head: Page<T>): Page<T> {
  if (head.nextCursor === null || shown.items.length <= head.items.length) return head;
  const inHead = new Set(head.items.map(({ id }) => id));
  const last = shown.items.findLastIndex(({ id }) => inHead.has(id));
  return { ...head, items: [...head.items, ...shown.items.slice(last + 1)], nextCursor: shown.nextCursor };
}

/** A list read page by page that keeps up with the pushes while it is shown. */
export function usePages<T extends { id: string }>(options: PagesOptions<T>): Pages<T> {
  const [shown, setShown] = useState<Page<T> | null>(null);
  const [problem, setProblem] = useState<string | null>(null);
  const [loadingMore, setLoadingMore] = useState(false);
  const reload = useRef(() => {});

  useEffect(() => {
    let left = false;
    let known = 0;
    setShown(null);
    async function readHead(): Promise<void> {
      try {
        const limit = Math.min(MOST_ROWS_AT_ONCE, Math.max(PAGE_ROWS, known));
        const head = await options.read({ limit });
        if (left) return;
        setProblem(null);
        setShown((before) => {
          const merged = before ? mergeRows(before, head) : head;
          known = merged.items.length;
          return merged;
        });
      } catch (error) {
        const message = failureText(error);
        if (!left) setProblem(message);
      }
    }
    reload.current = () => void readHead();
    void readHead();
    const reread = createReread(readHead, REREAD_DELAY_MS);
    const stops = [onChange((change) => options.follows(change) && reread.ask()), onReturn(reread.ask), reread.stop];
    return () => {
      left = true;
      for (const stop of stops) stop();
    };
  }, [options.key]);

  async function loadMore(): Promise<void> {
    if (!shown?.nextCursor || loadingMore) return;
    setLoadingMore(true);
    try {
      const next = await options.read({ cursor: shown.nextCursor, limit: PAGE_ROWS });
      setShown((before) => {
        if (before?.nextCursor !== shown.nextCursor) return before;
        const known = new Set(before.items.map(({ id }) => id));
        return { ...next, items: [...before.items, ...next.items.filter(({ id }) => !known.has(id))] };
      });
    } catch (error) {
      setProblem(failureText(error));
    } finally {
      setLoadingMore(false);
    }
  }

  return {
    items: shown?.items ?? null,
    problem,
    total: shown?.total ?? 0,
    hasMore: shown !== null && shown.nextCursor !== null,
    loadingMore,
    loadMore: () => void loadMore(),
    reload: () => reload.current(),
  };
}
