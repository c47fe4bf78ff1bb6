import type { SettleOutcome } from "@rolodesk/shared/vocabulary";

/** What became of a value, in the order it is told. */
export const OUTCOME_WORDS: readonly (readonly [SettleOutcome, string])[] = [
  ["applied", "Written"],
  ["kept", "Kept"],
  ["stale", "Changed meanwhile"],
  ["already_settled", "Settled by somebody else"],
  ["failed", "Refused"],
];

export function outcomeText(outcome: SettleOutcome | null): string {
  return OUTCOME_WORDS.find(([known]) => known === outcome)?.[1] ?? "Waiting";
}
