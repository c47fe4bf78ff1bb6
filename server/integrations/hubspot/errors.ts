import { z } from "zod";
import { ConnectorError, type ConnectorErrorDetails } from "../../domain/connector-error.ts";
import { type HttpResponse, jsonOf, requestIdOf, retryAfterMs } from "../http-client.ts";
import { ErrorBody } from "./schema.ts";

interface Circumstances {
  /** What an answer that tells nothing leaves behind: `unknown` for writes. */
  readonly outcome: "none" | "unknown";
  readonly timeZone: string;
  readonly nowMs: number;
}

const MAX_WORDS = 400;
const LOCKED_WAIT_MS = 2_000;
const MIGRATION_WAIT_MS = 60_000;

/** What an answer other than 2xx means. HubSpot's reason is quoted; bodies, headers and credentials are not. */
export function errorOf(response: HttpResponse, { outcome, timeZone, nowMs }: Circumstances): ConnectorError {
  const { status } = response;
  const body = ErrorBody.safeParse(jsonOf(response.text)).data;
  const details: ConnectorErrorDetails = { status, requestId: requestIdOf(response.headers) ?? undefined };
  const wait = retryAfterMs(response.headers, nowMs);

  if (status >= 500 || status === 408) {
    const message = `HubSpot is not available at the moment (${status}).`;
    return new ConnectorError("unavailable", message, { ...details, outcome, retryAfterMs: wait });
  }
  if (status === 429) return rateLimited(body, wait ?? waitOf(body, timeZone, nowMs), timeZone, details);
  if (status === 477) {
    const message = "HubSpot is moving this account to another data centre and takes no calls meanwhile.";
    return new ConnectorError("rate_limited", message, { ...details, retryAfterMs: wait ?? MIGRATION_WAIT_MS });
  }
  if (status === 423) {
    const message = "HubSpot has locked this record for a moment.";
    return new ConnectorError("rate_limited", message, {
      ...details,
      retryAfterMs: Math.max(wait ?? 0, LOCKED_WAIT_MS),
    });
  }
  if (status === 401) return new ConnectorError("auth_expired", refusedToken(body), details);
  if (!body || body.message === undefined) {
    const message = `HubSpot's address answered with status ${status} and not in HubSpot's way.`;
    return new ConnectorError("bad_response", message, { ...details, outcome });
  }
  if (status === 403) return new ConnectorError("forbidden", refusedScope(body), details);
  if (status === 404) return new ConnectorError("not_found", "HubSpot does not have this record any more.", details);
  if (status === 409) return duplicate(body, details);
  if (status === 400 || status === 414) return refusedValues(body, details);
  return new ConnectorError("bad_response", `HubSpot refused the call (${status}): ${wordsOf(body)}`, details);
}

function refusedToken(body: ErrorBody | undefined): string {
  const what = body?.category === "EXPIRED_AUTHENTICATION" ? "says the token has expired" : "refused the token";
  return `HubSpot ${what}. Save a new service key or private app token in this connection, or authorize it again.`;
}

function refusedScope(body: ErrorBody): string {
  const scopes = (body.errors ?? []).flatMap((error) => error.context?.requiredGranularScopes ?? []);
  if (scopes.length === 0) return `HubSpot does not let this token do that: ${wordsOf(body)}`;
  return `The HubSpot token lacks the scope ${scopes.join(" or ")}. Add it to the key or app in HubSpot, then test the connection again.`;
}

function duplicate(body: ErrorBody, details: ConnectorErrorDetails): ConnectorError {
  const existingId = /Existing ID:\s{0,5}(\d{1,30})/.exec(body.message ?? "")?.[1];
  const named = existingId === undefined ? wordsOf(body) : `its record id is ${existingId}`;
  return new ConnectorError("duplicate", `HubSpot already has a contact with this email: ${named}.`, {
    ...details,
    existingId,
  });
}

/** HubSpot, usage guidelines: bursts are counted over 10 seconds, searches per second, the rest per day. */
export function waitOf(body: ErrorBody | undefined, timeZone: string, nowMs: number): number {
  if (body?.policyName === "DAILY") return msUntilMidnight(timeZone, nowMs);
  return body?.policyName === "SECONDLY" ? 1_000 : 10_000;
}

function rateLimited(
  body: ErrorBody | undefined,
  wait: number,
  timeZone: string,
  details: ConnectorErrorDetails,
): ConnectorError {
  const limits: Readonly<Record<string, string>> = {
    DAILY: `HubSpot's limit of calls per day is used up for this account. It begins anew at midnight, ${timeZone} time.`,
    SECONDLY: "HubSpot's limit of searches per second is reached.",
  };
  const message = limits[body?.policyName ?? ""] ?? "HubSpot's limit of calls per 10 seconds is reached.";
  return new ConnectorError("rate_limited", message, { ...details, retryAfterMs: wait });
}

/** Of the account: when its daily limit begins anew. */
export function msUntilMidnight(timeZone: string, nowMs: number): number {
  const clock = new Intl.DateTimeFormat("en-GB", { timeZone, timeStyle: "medium", hourCycle: "h23" }).format(nowMs);
  const [hours = 0, minutes = 0, seconds = 0] = clock.split(":").map(Number);
  return (86_400 - hours * 3600 - minutes * 60 - seconds) * 1000;
}

const InvalidProperties = z.array(z.object({ name: z.string(), message: z.string() }));

/** HubSpot lists every bad property: newer answers in `errors`, all of them as JSON inside the message. */
function refusedValues(body: ErrorBody, details: ConnectorErrorDetails): ConnectorError {
  const message = body.message ?? "";
  const inMessage = InvalidProperties.safeParse(jsonOf(message.slice(Math.max(0, message.indexOf("["))))).data ?? [];
  const inErrors = (body.errors ?? []).flatMap((error) => {
    const names = error.context?.propertyName ?? [];
    return names.map((name) => ({ name, message: error.message ?? error.code ?? "refused" }));
  });
  const problems = inMessage.length > 0 ? inMessage : inErrors;
  const reasons = problems.map((problem) => problem.message).join("; ");
  const words = problems.length > 0 ? shortened(reasons) : wordsOf(body);
  return new ConnectorError("invalid_field", `HubSpot refused the values: ${words}`, {
    ...details,
    properties: [...new Set(problems.map(({ name }) => name))],
  });
}

function wordsOf(body: ErrorBody): string {
  return shortened(body.message ?? "no reason given");
}

function shortened(words: string): string {
  const line = words.replace(/\s+/g, " ").trim();
  return line.length > MAX_WORDS ? `${line.slice(0, MAX_WORDS)}…` : line;
}
