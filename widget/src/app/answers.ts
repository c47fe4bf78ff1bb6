import { isRecord } from "../bridge/shape.ts";
import type { Store } from "./store.ts";

/** What the visitor already answered, so that it is not asked twice. */
export interface Answers {
  /** Values they did not want saved. */
  declined: string[];
  /** The conversation in which they put the identity card away. */
  skippedIn: string | null;
}

export function readAnswers(store: Store): Answers {
  const stored = store.read("answers");
  const { declined, skippedIn } = isRecord(stored) ? stored : {};
  return {
    declined: Array.isArray(declined) ? declined.map(String) : [],
    skippedIn: typeof skippedIn === "string" ? skippedIn : null,
  };
}
