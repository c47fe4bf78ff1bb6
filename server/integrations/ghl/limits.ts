import type { CallLimits } from "../call-gate.ts";
import { countIn, dailyIn, windowIn } from "../limit-headers.ts";
import { waitOf } from "./errors.ts";

/** HighLevel, rate limits: 100 calls in 10 seconds and 200,000 a day per app and location; less in a sandbox, as its answers tell. */
export const limits: CallLimits = {
  call: { max: 100, windowMs: 10_000 },
  read({ status, headers }, { nowMs }) {
    const daily = dailyIn(headers);
    return {
      window: windowIn(headers, {
        max: "x-ratelimit-max",
        left: "x-ratelimit-remaining",
        windowMs: "x-ratelimit-interval-milliseconds",
      }),
      daily: daily && { ...daily, resetsInMs: countIn(headers, "x-ratelimit-daily-reset") },
      pauseMs: status === 429 ? waitOf(headers, nowMs) : undefined,
    };
  },
};
