import { ConnectorError, type ConnectorErrorCode, type ConnectorErrorDetails } from "../../domain/connector-error.ts";
import { type HttpResponse, jsonOf, requestIdOf } from "../http-client.ts";
import { ErrorAnswer } from "./schema.ts";

const MAX_REASON_CHARS = 300;

/** The meaning of an answer other than 2xx. `write`: the call may have changed the store. */
export function errorOf(response: HttpResponse, write: boolean): ConnectorError {
  const { status, headers, text } = response;
  const { reason, properties } = reasonOf(text);
  const lost = write ? "unknown" : "none";
  const fail = (code: ConnectorErrorCode, fallback: string, details: ConnectorErrorDetails = {}) =>
    new ConnectorError(code, `BigCommerce: ${reason || fallback}`, {
      status,
      requestId: requestIdOf(headers) ?? undefined,
      ...details,
    });

  switch (status) {
    case 400:
    case 409:
    case 413:
    case 422:
      if (!write) return fail("bad_response", "The question was not understood.");
      return fail("invalid_field", "A value was refused.", { properties });
    case 401:
      return fail("auth_expired", "The access token is refused.");
    case 403:
      return fail("forbidden", "The API account lacks a scope.");
    case 404:
      return fail("forbidden", "There is no such store, or the API account may not see it.");
    case 423:
      return fail("unavailable", "The store is locked for the moment.");
    case 429: {
      const retryAfterMs = waitOf(headers);
      // without the headers it is the platform that is overloaded, not our share that is used up
      if (retryAfterMs === undefined) return fail("unavailable", "The platform is overloaded.");
      return fail("rate_limited", "Too many requests.", { retryAfterMs });
    }
  }
  if (status >= 500) return fail("unavailable", `It failed with status ${status}.`, { outcome: lost });
  return fail("bad_response", `Unexpected status ${status}.`, { outcome: lost });
}

/** A 2xx that is no JSON, or not what the vendor documents. */
export function unreadable(response: HttpResponse, write: boolean): ConnectorError {
  return new ConnectorError("bad_response", "BigCommerce answered with something that is not a valid answer.", {
    outcome: write ? "unknown" : "none",
    status: response.status,
    requestId: requestIdOf(response.headers) ?? undefined,
  });
}

/** BigCommerce, API rate limits: the rest of the window in ms, or the wait in whole seconds. */
export function waitOf(headers: Headers): number | undefined {
  const resetMs = headers.get("x-rate-limit-time-reset-ms");
  if (resetMs !== null && /^\d+$/.test(resetMs)) return Number(resetMs);
  const seconds = headers.get("x-retry-after") ?? headers.get("retry-after");
  return seconds !== null && /^\d+$/.test(seconds) ? Number(seconds) * 1000 : undefined;
}

/** The title with what `errors` adds to it; a path such as `0.email` names a property. */
function reasonOf(text: string): { reason: string; properties: string[] } {
  const parsed = ErrorAnswer.safeParse(jsonOf(text));
  if (!parsed.success) return { reason: "", properties: [] };
  const { title, detail, errors } = parsed.data;
  const entries = Object.entries(errors ?? {});
  const told = entries.map(([path, words]) => [path, typeof words === "string" ? words : ""].filter(Boolean).join(" "));
  const reason = [title, detail, ...told].filter(Boolean).join(" ");
  const properties = entries.flatMap(([path]) => /^(?:\d+\.)?(\w+)$/.exec(path)?.[1] ?? []);
  return { reason: reason.slice(0, MAX_REASON_CHARS), properties };
}
