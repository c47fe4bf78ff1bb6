import type { CallLimits } from "../call-gate.ts";
import { retryAfterMs } from "../http-client.ts";

const DEFAULT_WAIT_MS = 10_000;

/**
 * Dataverse, Service protection API limits: 6,000 calls of a user in any 5 minutes. Held to a thirtieth of it in a thirtieth of
 * the time, which keeps the whole too. Its answers tell nothing until the limit is reached, and then how long to wait.
 */
export const limits: CallLimits = {
  call: { max: 200, windowMs: 10_000 },
  read({ status, headers }, { nowMs }) {
    return { pauseMs: status === 429 ? (retryAfterMs(headers, nowMs) ?? DEFAULT_WAIT_MS) : undefined };
  },
};
