import type { ComponentChildren } from "preact";
import type { Resource } from "../use-resource.ts";
import { ErrorCard, Gone, Skeleton } from "./state-cards.tsx";

interface LoadedProps<T> {
  of: Resource<T>;
  /** What is being waited for: "Loading the import". */
  loading: string;
  lines?: number;
  children: (data: T) => ComponentChildren;
}

/**
 * Something that is read, or that it is still coming, or why it did not. A reading that failed later leaves what is shown; what is
 * gone is shown no more.
 */
export function Loaded<T>({ of: { data, problem, isGone, reload }, loading, lines = 4, children }: LoadedProps<T>) {
  if (isGone) return <Gone>{problem}</Gone>;
  return (
    <>
      {problem && <ErrorCard message={problem} onRetry={reload} />}
      {data === null && !problem && <Skeleton lines={lines} label={loading} />}
      {data !== null && children(data)}
    </>
  );
}
