import { z } from "zod";

export const API_ERROR_CODES = [
  "bad_request", // the body or query does not have the stated shape; `fields` says where
  "unauthenticated",
  "forbidden",
  "not_found", // also the answer for what exists but is not yours
  "conflict", // the state moved on; re-read and decide again
  "too_large",
  "rate_limited",
  "unavailable", // the database cannot be reached just now; nothing was stored, try again
  "internal",
] as const;
export type ApiErrorCode = (typeof API_ERROR_CODES)[number];

/** The one error body of every HTTP answer and every socket acknowledgement. */
export const ApiError = z.object({
  code: z.enum(API_ERROR_CODES),
  /** For people: what happened and what to do. */
  message: z.string(),
  /** Dotted path of the input field → what is wrong with it. */
  fields: z.record(z.string(), z.string()).optional(),
  requestId: z.string().optional(),
});
export type ApiError = z.infer<typeof ApiError>;
