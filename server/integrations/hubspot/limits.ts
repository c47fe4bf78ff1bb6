import type { CallLimits } from "../call-gate.ts";
import { jsonOf, retryAfterMs } from "../http-client.ts";
import { dailyIn, windowIn } from "../limit-headers.ts";
import { msUntilMidnight, waitOf } from "./errors.ts";
import { ErrorBody, Facts } from "./schema.ts";

/**
 * HubSpot, API usage guidelines and limits: a private app on Free and Starter has 100 calls in any 10 seconds, more on
 * others, as its answers tell. Searches have 5 a second per account instead, and tell nothing. The day ends at midnight in
 * the account's time zone.
 */
export const limits: CallLimits = {
  call: { max: 100, windowMs: 10_000 },
  search: { max: 5, windowMs: 1_000 },
  read({ status, headers, text }, { nowMs, facts }) {
    const { timeZone } = Facts.parse(facts);
    const daily = dailyIn(headers);
    return {
      window: windowIn(headers, {
        max: "x-hubspot-ratelimit-max",
        left: "x-hubspot-ratelimit-remaining",
        windowMs: "x-hubspot-ratelimit-interval-milliseconds",
      }),
      daily: daily && { ...daily, resetsInMs: msUntilMidnight(timeZone, nowMs) },
      pauseMs:
        status === 429
          ? (retryAfterMs(headers, nowMs) ?? waitOf(ErrorBody.safeParse(jsonOf(text)).data, timeZone, nowMs))
          : undefined,
    };
  },
};
