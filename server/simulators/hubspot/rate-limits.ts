import { ApiFailure } from "./api-failure.ts";
import type { HubSpotSwitches } from "./state.ts";

const INTERVAL_MS = 10_000;

export interface RateLimits {
  /** Counts one call; throws the 429 HubSpot would answer with. Returns the headers for calls other than search. */
  take(isSearch: boolean): Record<string, string>;
  /** Uses up the day's calls. */
  exhaustDay(): void;
}

/** Three buckets: 10 seconds rolling per app, the day of the account's time zone, and searches per second. */
export function createRateLimits(switches: HubSpotSwitches, now: () => number, timeZone: string): RateLimits {
  const dayOf = new Intl.DateTimeFormat("en-CA", { timeZone, dateStyle: "short" });
  let calls: number[] = [];
  let searches: number[] = [];
  let day = "";
  let usedToday = 0;

  function takeDaily(): void {
    const today = dayOf.format(now());
    if (today !== day) {
      day = today;
      usedToday = 0;
    }
    if (usedToday >= switches.callsPerDay) throw limitReached("You have reached your daily limit.", "DAILY");
    usedToday += 1;
  }

  function takeSearch(): void {
    searches = searches.filter((at) => at > now() - 1000);
    if (searches.length >= switches.searchesPerSecond) {
      throw limitReached("You have reached your secondly limit.", "SECONDLY");
    }
    searches.push(now());
  }

  function takeBurst(): Record<string, string> {
    calls = calls.filter((at) => at > now() - INTERVAL_MS);
    if (calls.length >= switches.callsPerTenSeconds) {
      throw limitReached("You have reached your ten_secondly_rolling limit.", "TEN_SECONDLY_ROLLING");
    }
    calls.push(now());
    return {
      "x-hubspot-ratelimit-daily": String(switches.callsPerDay),
      "x-hubspot-ratelimit-daily-remaining": String(switches.callsPerDay - usedToday),
      "x-hubspot-ratelimit-interval-milliseconds": String(INTERVAL_MS),
      "x-hubspot-ratelimit-max": String(switches.callsPerTenSeconds),
      "x-hubspot-ratelimit-remaining": String(switches.callsPerTenSeconds - calls.length),
    };
  }

  return {
    take(isSearch) {
      takeDaily();
      if (!isSearch) return takeBurst();
      takeSearch();
      return {};
    },
    exhaustDay() {
      day = dayOf.format(now());
      usedToday = switches.callsPerDay;
    },
  };
}

function limitReached(message: string, policyName: string): ApiFailure {
  return new ApiFailure(429, message, {
    errorType: "RATE_LIMIT",
    policyName,
    groupName: "publicapi:private-apps:api-calls",
  });
}
