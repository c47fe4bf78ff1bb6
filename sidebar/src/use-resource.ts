import type { Change } from "@rolodesk/shared/realtime";
import { useEffect, useRef, useState } from "preact/hooks";
import { type ApiFailure, expectFailure } from "./api.ts";
import { onChange, onReturn } from "./live.ts";
import { createReread } from "./reread.ts";

const REREAD_DELAY_MS = 200;

export interface Resource<T> {
  data: T | null;
  problem: string | null;
  /** The server does not know it: reading it again is worth nothing. */
  isGone: boolean;
  reload: () => void;
  /** Shows an answer that came from a change, without reading again. */
  set: (data: T) => void;
}

/**
 * Reads something when the page opens. `key` names what is read: another key reads anew. With `follows`, which says what
 * news concern it, it is read again when there are some, and when some may have been missed.
 */
export function useResource<T>(
  key: string,
  read: () => Promise<T>,
  follows?: (change: Change) => boolean,
): Resource<T> {
  const [data, setData] = useState<T | null>(null);
  const [failure, setFailure] = useState<ApiFailure | null>(null);
  const reload = useRef(() => {});
  useEffect(() => {
    let left = false;
    async function load(): Promise<void> {
      try {
        const answer = await read();
        if (left) return;
        setData(answer);
        setFailure(null);
      } catch (error) {
        const known = expectFailure(error);
        if (!left) setFailure(known);
      }
    }
    reload.current = () => void load();
    void load();
    const reread = createReread(load, REREAD_DELAY_MS);
    const stops = follows
      ? [onChange((change) => follows(change) && reread.ask()), onReturn(reread.ask), reread.stop]
      : [];
    return () => {
      left = true;
      for (const stop of stops) stop();
    };
  }, [key]);
  const problem = failure?.message ?? null;
  return { data, problem, isGone: failure?.status === 404, reload: () => reload.current(), set: setData };
}
