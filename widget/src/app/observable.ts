import { useLayoutEffect, useReducer } from "preact/hooks";

/** A value that components follow. */
export interface Observable<T> {
  get(): T;
  set(next: T): void;
  /** Returns what ends the watching. */
  watch(changed: () => void): () => void;
}

export function observable<T>(value: T): Observable<T> {
  const watchers = new Set<() => void>();
  return {
    get: () => value,
    set(next) {
      if (Object.is(next, value)) return;
      value = next;
      for (const changed of [...watchers]) changed();
    },
    watch(changed) {
      watchers.add(changed);
      return () => watchers.delete(changed);
    },
  };
}

/** The value; the component is drawn again when it changes. */
export function useObservable<T>(source: Observable<T>): T {
  const [, redraw] = useReducer((count: number, _: undefined) => count + 1, 0);
  // before the browser paints: no change may fall between the drawing and the watching
  useLayoutEffect(() => source.watch(() => redraw(undefined)), [source]);
  return source.get();
}
