import { useCallback, useEffect, useState } from "preact/hooks";
import { failureText } from "./api.ts";

export interface Resource<T> {
  data: T | null;
  problem: string | null;
  reload: () => void;
  /** Shows an answer that came from a change, without reading again. */
  set: (data: T) => void;
}

/** Reads something when the page opens. `key` names what is read: another key reads anew. */
export function useResource<T>(key: string, read: () => Promise<T>): Resource<T> {
  const [data, setData] = useState<T | null>(null);
  const [problem, setProblem] = useState<string | null>(null);
  const load = useCallback(
    async (isCurrent: () => boolean) => {
      try {
        const answer = await read();
        if (!isCurrent()) return;
        setData(answer);
        setProblem(null);
      } catch (error) {
        const message = failureText(error);
        if (isCurrent()) setProblem(message);
      }
    },
    [key],
  );
  useEffect(() => {
    let left = false;
    void load(() => !left);
    return () => {
      left = true;
    };
  }, [load]);
  return { data, problem, reload: () => void load(() => true), set: setData };
}
