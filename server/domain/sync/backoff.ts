const FIRST_MS = 2_000;
const LONGEST_MS = 10 * 60_000;

/** Attempts before a run goes to the dead letter. Being asked to wait (429) does not count as one. */
export const MAX_ATTEMPTS = 8;

/** Exponential with full jitter above half: `random` in 0..1. Attempt 1 waits 1–2 s, attempt 8 up to 4 min. */
export function backoffMs(attempt: number, random: number): number {
  const ceiling = Math.min(LONGEST_MS, FIRST_MS * 2 ** (attempt - 1));
  return Math.round(ceiling / 2 + (ceiling / 2) * random);
}
