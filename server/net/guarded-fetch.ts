import { Agent as HttpAgent, request as httpRequest, type IncomingMessage } from "node:http";
import { Agent as HttpsAgent, request as httpsRequest } from "node:https";
import { Readable } from "node:stream";
import { type AddressGuardOptions, createGuardedLookup, parsePublicHttpUrl } from "./guarded-address.ts";

export interface GuardedRequest {
  readonly method: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string | URLSearchParams;
  /** Ends the call wherever it is; the promise, or the reading of the body, rejects with its reason. */
  readonly signal?: AbortSignal;
}

export type GuardedFetch = (url: URL | string, request: GuardedRequest) => Promise<Response>;

/** Shorter than servers keep a quiet connection, so that a call seldom meets one that is just being closed. */
const KEEP_ALIVE_MS = 4_000;

/**
 * `fetch` for addresses that people enter. Refuses (`RefusedAddress`) what leads into a private network, connects to the
 * very address that was judged, and follows no redirect: a 302 is an answer like any other. It reaches no proxy.
 */
export function createGuardedFetch(options: AddressGuardOptions = {}): GuardedFetch {
  const agent = { keepAlive: true, timeout: KEEP_ALIVE_MS, lookup: createGuardedLookup(options) };
  const http = new HttpAgent(agent);
  const https = new HttpsAgent(agent);

  return async function guardedFetch(address, { method, headers, body, signal }) {
    const url = parsePublicHttpUrl(String(address), options);
    signal?.throwIfAborted();
    const form = body instanceof URLSearchParams;
    const sent = {
      method,
      headers: {
        "accept-encoding": "identity",
        ...(form ? { "content-type": "application/x-www-form-urlencoded;charset=UTF-8" } : {}),
        ...headers,
      },
    };
    const text = body === undefined ? undefined : String(body);
    const answer = await new Promise<IncomingMessage>((resolve, reject) => {
      const call =
        url.protocol === "https:"
          ? httpsRequest(url, { ...sent, agent: https }, resolve)
          : httpRequest(url, { ...sent, agent: http }, resolve);
      const abort = () => call.destroy(reasonOf(signal));
      signal?.addEventListener("abort", abort, { once: true });
      call.on("close", () => signal?.removeEventListener("abort", abort));
      call.on("response", (response) => signal?.addEventListener("abort", () => response.destroy(reasonOf(signal))));
      call.on("error", reject);
      call.end(text);
    });
    return toResponse(answer);
  };
}

function toResponse(answer: IncomingMessage): Response {
  const headers = new Headers();
  for (const [name, values] of Object.entries(answer.headersDistinct)) {
    for (const value of values ?? []) headers.append(name, value);
  }
  const status = answer.statusCode ?? 0;
  const bodiless = status === 204 || status === 205 || status === 304;
  if (bodiless) answer.resume();
  return new Response(bodiless ? null : Readable.toWeb(answer), { status, headers });
}

function reasonOf(signal: AbortSignal | undefined): Error {
  const reason: unknown = signal?.reason;
  return reason instanceof Error ? reason : new Error("The call was ended.");
}
