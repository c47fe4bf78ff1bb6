/** Only the last this many days; "" is any time. */
export const WITHIN = ["", "1", "7", "30"] as const;
export type Within = (typeof WITHIN)[number];

const DAY_MS = 86_400_000;

/** What an address says; anything else is any time. */
export function readWithin(text: string | null): Within {
  return WITHIN.find((known) => known === text) ?? "";
}

/** The bound as lists are asked for it. */
export function fromWithin(within: Within, now: number): { from?: string } {
  return within === "" ? {} : { from: new Date(now - Number(within) * DAY_MS).toISOString() };
}
