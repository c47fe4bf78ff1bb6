import type { ApiError, ApiErrorCode } from "@rolodesk/shared/api-error";
import type { Logger } from "pino";
import { DomainError } from "./domain/domain-error.ts";

/** The error body for whatever was thrown. What nobody foresaw is logged here, once, and told to nobody. */
export function toApiError(error: unknown, log: Logger, requestId?: string): ApiError {
  if (error instanceof DomainError) {
    return { code: error.code, message: error.message, fields: error.fields, requestId };
  }
  log.error({ err: error, requestId }, "Unexpected error");
  return { code: "internal", message: "Something went wrong on our side. Try again in a moment.", requestId };
}

export const STATUS_OF_CODE = {
  bad_request: 400,
  unauthenticated: 401,
  forbidden: 403,
  not_found: 404,
  conflict: 409,
  too_large: 413,
  rate_limited: 429,
  internal: 500,
} as const satisfies Record<ApiErrorCode, number>;
