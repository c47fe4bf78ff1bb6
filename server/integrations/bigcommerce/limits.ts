import type { CallLimits } from "../call-gate.ts";
import { windowIn } from "../limit-headers.ts";
import { waitOf } from "./errors.ts";

/** BigCommerce, API rate limits: 150 calls in 30 seconds on Standard and Plus, for all apps of a store together; more on others, as answers tell. */
export const limits: CallLimits = {
  call: { max: 150, windowMs: 30_000 },
  writesAtOnce: 3,
  read({ status, headers }) {
    return {
      window: windowIn(headers, {
        max: "x-rate-limit-requests-quota",
        left: "x-rate-limit-requests-left",
        windowMs: "x-rate-limit-time-window-ms",
      }),
      pauseMs: status === 429 ? waitOf(headers) : undefined,
    };
  },
};
