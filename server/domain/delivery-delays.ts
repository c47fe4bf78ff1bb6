const [SECOND, MINUTE, HOUR] = [1000, 60_000, 3_600_000];

/** How long a delivery that failed so many times waits: eleven tries over two days. */
const AFTER_FAILURE_MS = [
  ...[5 * SECOND, 30 * SECOND, 2 * MINUTE, 10 * MINUTE, 30 * MINUTE],
  ...[HOUR, 3 * HOUR, 6 * HOUR, 12 * HOUR, 24 * HOUR],
];

const ENDPOINT_LONGEST_MS = 5 * MINUTE;

/** Until the next try of one delivery after its `attempts`-th, shifted by up to a tenth; null when it was the last. */
export function delayAfter(attempts: number, random: number): number | null {
  const delay = AFTER_FAILURE_MS[attempts - 1];
  return delay === undefined ? null : Math.round(delay * (0.9 + 0.2 * random));
}

/** How long an endpoint is left alone after so many failures in a row, whatever else waits for it. */
export function pauseAfter(failures: number): number {
  return Math.min(ENDPOINT_LONGEST_MS, 5 * SECOND * 2 ** (failures - 1));
}

/** An endpoint that took nothing for so long is disabled. */
export const GIVE_UP_AFTER_MS = 3 * 24 * HOUR;
