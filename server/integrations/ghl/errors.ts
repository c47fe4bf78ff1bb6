import { ConnectorError, type ConnectorErrorDetails } from "../../domain/connector-error.ts";
import { type HttpResponse, jsonOf, requestIdOf, retryAfterMs } from "../http-client.ts";
import { ErrorAnswer } from "./schema.ts";

/** What the answer belongs to, as far as its meaning depends on it. */
export interface AskedFor {
  /** Whether the call may change the location. */
  readonly write: boolean;
  /** Creates have been seen to answer 422 and still make the contact (HighLevel API docs, issue 64). */
  readonly mayWorkWhenRefused: boolean;
}

const BURST_WINDOW_MS = 10_000;
const MAX_REASON_CHARS = 300;
/** What is read of all reasons together. */
const READ_CHARS = 10_000;
const NEW_TOKEN = "Save a new token in this connection, or authorize it again.";
const SCOPE_PROBLEM = /not authorized for this scope|authclass|user type mismatch/i;
/** A missing contact is a 400 in HighLevel. Other things that are "not found" (a custom field) are not the contact. */
const MISSING_CONTACT = /\bcontact\b(?! field).*not found/i;

/** The meaning of an answer other than 2xx. `nowMs`: epoch ms. */
export function errorOf(response: HttpResponse, asked: AskedFor, nowMs: number): ConnectorError {
  const parsed = ErrorAnswer.safeParse(jsonOf(response.text));
  const body: ErrorAnswer = parsed.success ? parsed.data : {};
  const reasons = reasonsOf(body);
  const reason = reasons.join("; ").slice(0, READ_CHARS);
  const lost = asked.write ? "unknown" : "none";
  const fail = (code: ConnectorError["code"], message: string, details: ConnectorErrorDetails = {}) =>
    new ConnectorError(code, message, {
      status: response.status,
      requestId: body.traceId ?? requestIdOf(response.headers) ?? undefined,
      ...details,
    });

  switch (response.status) {
    case 400:
    case 404:
    case 422: {
      const existingId = body.meta?.contactId;
      if (existingId) {
        const properties = body.meta?.matchingField ? [body.meta.matchingField] : [];
        return fail("duplicate", told(reason, "This contact exists already."), { existingId, properties });
      }
      if (response.status === 404 || MISSING_CONTACT.test(reason)) {
        return fail("not_found", told(reason, "The contact was not found."));
      }
      if (!asked.write) return fail("bad_response", told(reason, "HighLevel did not understand the question."));
      const outcome = asked.mayWorkWhenRefused ? "unknown" : "none";
      return fail("invalid_field", told(reason, "A value was refused."), {
        outcome,
        properties: propertiesOf(reasons),
      });
    }
    case 401:
      if (/command timed out/i.test(reason)) {
        return fail("unavailable", told(reason, "HighLevel was too slow."), { outcome: lost });
      }
      if (/version header/i.test(reason)) return fail("bad_response", told(reason, "The version header is missing."));
      if (SCOPE_PROBLEM.test(reason)) return fail("forbidden", told(reason, "The token lacks a scope."));
      return fail("auth_expired", `${told(reason, "The token is refused.").replace(/\.$/, "")}. ${NEW_TOKEN}`);
    case 403:
      return fail("forbidden", told(reason, "The token may not do this."));
    case 429:
      return fail("rate_limited", told(reason, "Too many requests."), {
        retryAfterMs: waitOf(response.headers, nowMs),
      });
  }
  if (response.status >= 500) {
    return fail("unavailable", told(reason, `It failed with status ${response.status}.`), { outcome: lost });
  }
  return fail("bad_response", told(reason, `Unexpected status ${response.status}.`), { outcome: lost });
}

/** A 2xx that is no JSON, or not what the vendor documents. */
export function unreadable(response: HttpResponse, asked: AskedFor): ConnectorError {
  return new ConnectorError("bad_response", "HighLevel answered with something that is not a valid answer.", {
    outcome: asked.write ? "unknown" : "none",
    status: response.status,
    requestId: requestIdOf(response.headers) ?? undefined,
  });
}

/**
 * HighLevel documents no `Retry-After`. Its rate-limit headers say how long a burst window is and, in ms, when the day
 * ends; with the day used up only the second helps.
 */
export function waitOf(headers: Headers, nowMs: number): number {
  const asTold = retryAfterMs(headers, nowMs);
  if (asTold !== undefined) return asTold;
  const dailyReset = Number(headers.get("x-ratelimit-daily-reset"));
  if (headers.get("x-ratelimit-daily-remaining") === "0" && dailyReset > 0) return dailyReset;
  const interval = Number(headers.get("x-ratelimit-interval-milliseconds"));
  return interval > 0 ? interval : BURST_WINDOW_MS;
}

function reasonsOf({ message, error }: ErrorAnswer): string[] {
  if (typeof message === "string") return [message];
  if (message) return message;
  if (typeof error === "string") return [error];
  return error?.message ? [error.message] : [];
}

function told(reason: string, fallback: string): string {
  return `HighLevel: ${reason.trim() === "" ? fallback : reason.slice(0, MAX_REASON_CHARS)}`;
}

/** "property gender should not exist", "email must be an email" */
function propertiesOf(reasons: readonly string[]): string[] {
  return reasons.flatMap((reason) => /^(?:property )?(\w+) (?:should|must)\b/.exec(reason)?.[1] ?? []);
}
