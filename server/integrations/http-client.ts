import { ConnectorError } from "../domain/connector-error.ts";
import type { CallKind, CallMeant } from "./call-gate.ts";
import { dailyIn } from "./limit-headers.ts";

/** One call as the sync log keeps it. No bodies, no credentials. */
export interface CallReport {
  readonly method: string;
  /** Path without query, and with `{email}` for an address in it: logs name no people. */
  readonly path: string;
  /** null when no answer came. */
  readonly status: number | null;
  readonly durationMs: number;
  readonly requestId: string | null;
  /** What the CRM said of its limit of calls per day; absent where it says nothing. */
  readonly daily?: { readonly limit: number; readonly remaining: number };
  /** How many pushes it was made for; absent: for one. */
  readonly sharedBy?: number;
}

/** What is asked of a `fetch`. */
export type Send = (
  url: URL,
  request: {
    readonly method: string;
    readonly headers: Record<string, string>;
    readonly body: string | URLSearchParams | undefined;
    readonly redirect: "manual";
    readonly signal: AbortSignal;
  },
) => Promise<Response>;

export interface HttpOptions {
  /** The guarded one outside the demo, a network of their own in tests; the default is the global one. */
  readonly fetch?: Send;
  /** Total deadline of one call: connect, headers and body. */
  readonly timeoutMs?: number;
  readonly onCall?: (report: CallReport) => void;
  /** Sends the call when it may be made; see `CallGate.pass`. Its wait is not part of the deadline. */
  readonly pass?: (call: CallMeant, send: () => Promise<HttpResponse>) => Promise<HttpResponse>;
}

export interface HttpRequest {
  readonly method: "GET" | "POST" | "PUT" | "PATCH" | "DELETE";
  /** Begins with `/`, may carry a query; joined to `baseUrl`. An absolute URL must have `baseUrl`'s origin. */
  readonly path: string;
  readonly headers?: Record<string, string>;
  /** Sent as JSON, or as a form when it is URLSearchParams. */
  readonly body?: unknown;
  /** A POST that only reads (search): a lost answer leaves no unknown outcome. */
  readonly readOnly?: boolean;
  /** Which of the vendor's limits it counts against; `call` when absent. */
  readonly kind?: CallKind;
}

export interface HttpResponse {
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
}

export const DEFAULT_TIMEOUT_MS = 15_000;
const MAX_RESPONSE_BYTES = 5 * 1024 * 1024;
const REQUEST_ID_HEADERS = ["x-hubspot-correlation-id", "x-ms-service-request-id", "x-request-id", "cf-ray"];

/**
 * HTTP with a total deadline, a size limit and no redirects. Answers of any status are returned; what they mean is the
 * connector's business. Throws `unavailable` when no whole answer came, with outcome `unknown` for writes.
 */
export function createHttpClient(baseUrl: string, options: HttpOptions = {}) {
  const base = new URL(baseUrl);
  const send = options.fetch ?? fetch;
  const timeoutMs = options.timeoutMs ?? DEFAULT_TIMEOUT_MS;
  const pass = options.pass ?? ((_call, send) => send());

  return async function request(asked: HttpRequest): Promise<HttpResponse> {
    const url = urlOf(asked.path);
    const meant = { kind: asked.kind ?? "call", writesBlindly: writesBlindly(asked) };
    return await pass(meant, () => callOnce(url, asked));
  };

  function urlOf(path: string): URL {
    const url = /^https?:/.test(path) ? new URL(path) : new URL(base.href.replace(/\/$/, "") + path);
    if (url.origin === base.origin) return url;
    throw new ConnectorError("bad_response", `The CRM pointed to another host (${url.host}); the call was not made.`);
  }

  async function callOnce(url: URL, asked: HttpRequest): Promise<HttpResponse> {
    const { method, headers, body, readOnly } = asked;
    const outcome = method === "GET" || readOnly ? "none" : "unknown";
    const started = performance.now();
    const deadline = startDeadline(timeoutMs);
    let response: HttpResponse | undefined;
    try {
      const answer = await send(url, {
        method,
        headers: { accept: "application/json", ...contentType(body), ...headers },
        body: body instanceof URLSearchParams ? body : body === undefined ? undefined : JSON.stringify(body),
        redirect: "manual",
        signal: deadline.signal,
      });
      response = { status: answer.status, headers: answer.headers, text: await readLimited(answer, outcome) };
      return response;
    } catch (cause) {
      if (cause instanceof ConnectorError) throw cause;
      if (isRefusedAddress(cause)) throw new ConnectorError("unavailable", cause.message, { cause });
      const why = isTimeout(cause) ? `did not answer within ${timeoutMs / 1000} seconds` : "could not be reached";
      throw new ConnectorError("unavailable", `${url.host} ${why}.`, { outcome, cause });
    } finally {
      deadline.clear();
      options.onCall?.({
        method,
        path: withoutEmails(url.pathname),
        status: response?.status ?? null,
        durationMs: Math.round(performance.now() - started),
        requestId: response ? requestIdOf(response.headers) : null,
        daily: response ? dailyIn(response.headers) : undefined,
      });
    }
  }
}

export function requestIdOf(headers: Headers): string | null {
  for (const name of REQUEST_ID_HEADERS) {
    const value = headers.get(name);
    if (value) return value.slice(0, 100);
  }
  return null;
}

/** `Retry-After` in both its forms, as milliseconds from `nowMs`; undefined when absent or unreadable. */
export function retryAfterMs(headers: Headers, nowMs: number): number | undefined {
  const value = headers.get("retry-after");
  if (!value) return undefined;
  if (/^\d+(\.\d+)?$/.test(value)) return Math.ceil(Number(value) * 1000);
  const at = Date.parse(value);
  return Number.isNaN(at) ? undefined : Math.max(0, at - nowMs);
}

/** The JSON of an answer, or undefined when it is none (HTML from a gateway, a truncated body). */
export function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function contentType(body: unknown): Record<string, string> {
  if (body === undefined || body instanceof URLSearchParams) return {};
  return { "content-type": "application/json; charset=utf-8" };
}

function writesBlindly({ method, readOnly, headers = {} }: HttpRequest): boolean {
  if (method === "GET" || readOnly) return false;
  const { "if-match": version = "*", "if-none-match": absence } = headers;
  return version === "*" && absence === undefined;
}

/** HubSpot reads a contact at its address: `/contacts/ana%40example.com`. */
function withoutEmails(path: string): string {
  return path.replace(/[^/]*(@|%40)[^/]*/gi, "{email}");
}

/** Not `AbortSignal.timeout`: Node drops its timer when the signal is collected, and then the call waits for ever. */
function startDeadline(timeoutMs: number): { signal: AbortSignal; clear(): void } {
  const controller = new AbortController();
  const timer = setTimeout(() => controller.abort(new DOMException("Too late", "TimeoutError")), timeoutMs);
  return { signal: controller.signal, clear: () => clearTimeout(timer) };
}

function isTimeout(cause: unknown): boolean {
  return cause instanceof Error && cause.name === "TimeoutError";
}

/** Of `net/guarded-address.ts`: no call was made. */
function isRefusedAddress(cause: unknown): cause is Error {
  return cause instanceof Error && cause.name === "RefusedAddress";
}

async function readLimited(answer: Response, outcome: "none" | "unknown"): Promise<string> {
  if (!answer.body) return "";
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of answer.body) {
    size += chunk.byteLength;
    if (size > MAX_RESPONSE_BYTES) {
      throw new ConnectorError("bad_response", "The CRM's answer is larger than 5 MB and was not read.", { outcome });
    }
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString("utf8");
}
