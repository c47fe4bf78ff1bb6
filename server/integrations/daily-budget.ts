/**
 * Headers that name a limit of calls per day and what is left of it: HubSpot ("API usage guidelines and limits") and
 * HighLevel ("Rate limits"). The others limit shorter windows only.
 */
const HEADERS = [
  { limit: "x-hubspot-ratelimit-daily", remaining: "x-hubspot-ratelimit-daily-remaining" },
  { limit: "x-ratelimit-limit-daily", remaining: "x-ratelimit-daily-remaining" },
] as const;

/** What an answer says of the account's calls per day; undefined where it says nothing. */
export function dailyBudgetOf(headers: Headers): { limit: number; remaining: number } | undefined {
  for (const names of HEADERS) {
    const [limit, remaining] = [countOf(headers, names.limit), countOf(headers, names.remaining)];
    if (limit !== undefined && remaining !== undefined) return { limit, remaining };
  }
  return undefined;
}

function countOf(headers: Headers, name: string): number | undefined {
  const text = headers.get(name) ?? "";
  return /^\d{1,12}$/.test(text) ? Number(text) : undefined;
}
