import type { Change } from "@rolodesk/shared/realtime";
import { useEffect, useRef, useState } from "preact/hooks";
import { failureText } from "./api.ts";
import { onChange, onReturn } from "./live.ts";
import { createReread } from "./reread.ts";

const REREAD_DELAY_MS = 200;

export interface Resource<T> {
  data: T | null;
  problem: string | null;
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
  const [problem, setProblem] = useState<string | null>(null);
  const reload = useRef(() => {});
  useEffect(() => {
    let left = false;
    async function load(): Promise<void> {
      try {
        const answer = await read();
        if (left) return;
        setData(answer);
        setProblem(null);
      } catch (error) {
        const message = failureText(error);
        if (!left) setProblem(message);
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
  return { data, problem, reload: () => reload.current(), set: setData };
}
