import type { ErrorHandler } from "hono";
import type { Logger } from "pino";
import { RateLimited } from "../limits/rate-limited.ts";
import { STATUS_OF_CODE, toApiError } from "../to-api-error.ts";
import type { AppEnv } from "./doors.ts";

/** The only place that shapes an error's answer. */
export function onError(log: Logger): ErrorHandler<AppEnv> {
  return (error, c) => {
    const body = toApiError(error, log, c.get("requestId"));
    if (error instanceof RateLimited) c.header("Retry-After", String(error.retryAfterS));
    if (body.code === "unavailable") c.header("Retry-After", "2");
    return c.json(body, STATUS_OF_CODE[body.code]);
  };
}
