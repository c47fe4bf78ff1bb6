import type { ApiError, ApiErrorCode } from "@rolodesk/shared/api-error";
import type { Logger } from "pino";
import { DomainError } from "./domain/domain-error.ts";

/** The error body for whatever was thrown. What nobody foresaw is logged here, once, and told to nobody. */
export function toApiError(error: unknown, log: Logger, requestId?: string): ApiError {
  if (error instanceof DomainError) {
    return { code: error.code, message: error.message, fields: error.fields, requestId };
  }
  if (isDatabaseAway(error)) {
    log.warn({ err: error, requestId }, "The database could not be reached");
    return { code: "unavailable", message: "We cannot store this just now. Try again in a moment.", requestId };
  }
  log.error({ err: error, requestId }, "Unexpected error");
  return { code: "internal", message: "Something went wrong on our side. Try again in a moment.", requestId };
}

/** Connection errors of the driver, and Postgres' own while it starts or stops (SQLSTATE class 57P and 53300). */
const DATABASE_AWAY = /^(CONNECTION_(CLOSED|ENDED|DESTROYED)|CONNECT_TIMEOUT|ECONNREFUSED|ECONNRESET|57P0\d|53300)$/;

/** Whether an error, or what caused it, says that the database is away. */
function isDatabaseAway(error: unknown): boolean {
  for (let one = error; one instanceof Error; one = one.cause) {
    if ("code" in one && typeof one.code === "string" && DATABASE_AWAY.test(one.code)) return true;
  }
  return false;
}

export const STATUS_OF_CODE = {
  bad_request: 400,
  unauthenticated: 401,
  forbidden: 403,
  not_found: 404,
  conflict: 409,
  too_large: 413,
  rate_limited: 429,
  unavailable: 503,
  internal: 500,
} as const satisfies Record<ApiErrorCode, number>;
