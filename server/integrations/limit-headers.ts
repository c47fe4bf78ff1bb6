/** A count in a header; undefined where it is missing or no plain number. */
export function countIn(headers: Headers, name: string): number | undefined {
  const text = headers.get(name) ?? "";
  return /^\d{1,12}$/.test(text) ? Number(text) : undefined;
}

/** How many calls of a running window are used; undefined where the answer does not tell all three. */
export function windowIn(headers: Headers, names: { max: string; left: string; windowMs: string }) {
  const max = countIn(headers, names.max);
  const left = countIn(headers, names.left);
  const windowMs = countIn(headers, names.windowMs);
  if (!max || left === undefined || !windowMs) return undefined;
  return { max, windowMs, used: Math.max(0, max - left) };
}

/**
 * Headers that name a limit of calls per day and what is left of it: HubSpot ("API usage guidelines and limits") and
 * HighLevel ("Rate limits"). The others limit shorter windows only.
 */
const DAILY = [
  { limit: "x-hubspot-ratelimit-daily", remaining: "x-hubspot-ratelimit-daily-remaining" },
  { limit: "x-ratelimit-limit-daily", remaining: "x-ratelimit-daily-remaining" },
] as const;

/** What an answer says of the account's calls per day; undefined where it says nothing. */
export function dailyIn(headers: Headers): { limit: number; remaining: number } | undefined {
  for (const names of DAILY) {
    const [limit, remaining] = [countIn(headers, names.limit), countIn(headers, names.remaining)];
    if (limit !== undefined && remaining !== undefined) return { limit, remaining };
  }
  return undefined;
}
