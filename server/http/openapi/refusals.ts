import { API_ERROR_CODES, type ApiError, type ApiErrorCode } from "@rolodesk/shared/api-error";
import { STATUS_OF_CODE } from "../../to-api-error.ts";
import type { JsonSchema } from "./named-schemas.ts";

/** What each refusal means, and an answer as it is given. */
const WORDS: Readonly<Record<ApiErrorCode, { readonly means: string; readonly answer: Omit<ApiError, "code"> }>> = {
  bad_request: {
    means: "The body or the query does not have this shape; `fields` says where.",
    answer: { message: "Give the site a name.", fields: { name: "Give the site a name." } },
  },
  unauthenticated: {
    means: "Nobody is signed in, or the API key is not good.",
    answer: { message: "This API key is unknown, revoked or expired." },
  },
  forbidden: {
    means: "You may not do this, or the API key lacks the scope.",
    answer: { message: "This API key lacks the scope read:contacts." },
  },
  not_found: {
    means: "It does not exist, or is not yours.",
    answer: { message: "This contact does not exist, or you may not see it." },
  },
  conflict: {
    means: "The state moved on. Read again and decide again.",
    answer: { message: "This conversation has ended already." },
  },
  too_large: { means: "The body is too large.", answer: { message: "The body may have at most 256 KB." } },
  rate_limited: {
    means: "Too many requests. Wait for as many seconds as `Retry-After` says.",
    answer: { message: "This API key sent too many requests." },
  },
  unavailable: {
    means: "The database is away. Nothing was stored; try again.",
    answer: { message: "We cannot store this just now. Try again in a moment." },
  },
  internal: {
    means: "A fault of the server.",
    answer: { message: "Something went wrong on our side. Try again in a moment." },
  },
};

const REQUEST_ID = "5f0c7c1e-2d3b-4a57-9c0e-6a8f1b2c3d4e";
const RETRY_AFTER = { "Retry-After": { description: "Seconds to wait.", schema: { type: "integer", minimum: 1 } } };

/** Every refusal there is, once, by its code. */
export const REFUSALS: Readonly<Record<string, JsonSchema>> = Object.fromEntries(
  API_ERROR_CODES.map((code) => [code, refusal(code)]),
);

/** Where the document tells of the refusal with this status. */
export function refusalRef(status: number): JsonSchema {
  const code = API_ERROR_CODES.find((one) => STATUS_OF_CODE[one] === status);
  if (!code) throw new Error(`Nothing is refused with ${status}.`);
  return { $ref: `#/components/responses/${code}` };
}

function refusal(code: ApiErrorCode): JsonSchema {
  const { means, answer } = WORDS[code];
  const waits = code === "rate_limited" || code === "unavailable";
  const example = { code, ...answer, requestId: REQUEST_ID };
  const content = { "application/json": { schema: { $ref: "#/components/schemas/ApiError" }, example } };
  return { description: means, ...(waits ? { headers: RETRY_AFTER } : {}), content };
}
