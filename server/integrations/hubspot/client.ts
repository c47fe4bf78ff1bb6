import { Request } from "@hubspot/api-client/lib/src/services/http/Request.js";
import type { z } from "zod";
import { ConnectorError } from "../../domain/connector-error.ts";
import { withToken } from "../bearer-token.ts";
import { createHttpClient, type HttpOptions, type HttpRequest, jsonOf } from "../http-client.ts";
import type { TokenSource } from "../token-source.ts";
import { errorOf } from "./errors.ts";

/** HubSpot's date-based API version, supported for 18 months from its month. */
export const API_VERSION = "2026-09";

interface HubSpotClientOptions {
  /** Origin of the API, e.g. `https://api.hubapi.com`. */
  readonly baseUrl: string;
  /** A service key or private app token, or an app's access tokens. */
  readonly tokens: TokenSource;
  /** IANA name; the daily limit begins anew at its midnight. */
  readonly timeZone: string;
  readonly now: () => number;
  readonly http: HttpOptions;
}

/** One call: sent, judged, and its JSON checked against the schema. Throws `ConnectorError` only. */
export type HubSpotClient = <T>(schema: z.ZodType<T>, request: Omit<HttpRequest, "headers">) => Promise<T>;

/**
 * Path of a call in the current version: `pathTo("crm/objects", ["contacts", id])` is
 * `/crm/objects/2026-09/contacts/<id>`. Segments are escaped.
 */
export function pathTo(
  api: "crm/objects" | "crm/properties" | "account-info",
  segments: readonly string[],
  query: Readonly<Record<string, string>> = {},
): string {
  const path = [api, API_VERSION, ...segments.map(encodeURIComponent)].join("/");
  const search = new URLSearchParams(query).toString();
  return search ? `/${path}?${search}` : `/${path}`;
}

/**
 * HubSpot's SDK prepares the call (address, token, user agent) as its `apiRequest` does; our own client sends it, because
 * `apiRequest` can be given no deadline. The folder's README tells why.
 */
export function createHubSpotClient({ baseUrl, tokens, timeZone, now, http }: HubSpotClientOptions): HubSpotClient {
  const origin = new URL(baseUrl).origin;
  const send = createHttpClient(origin, http);

  return async (schema, { method, path, body, readOnly }) => {
    const outcome = method === "GET" || readOnly ? "none" : "unknown";
    return await withToken(tokens, async (token) => {
      const prepared = new Request({ accessToken: token, basePath: origin }, { method, path });
      // lower-cased, or our client's own headers would be joined with these instead of replaced
      const headers = Object.fromEntries(new Headers(prepared.getSendData().headers));
      const url = prepared.getUrl();
      const kind = url.pathname.endsWith("/search") ? "search" : "call";
      const response = await send({ method, path: url.href, headers, body, readOnly, kind });
      if (response.status < 200 || response.status > 299) throw errorOf(response, { outcome, timeZone, nowMs: now() });

      const parsed = schema.safeParse(jsonOf(response.text));
      if (parsed.success) return parsed.data;
      const words = "HubSpot's answer was not understood: it is not what HubSpot documents.";
      throw new ConnectorError("bad_response", words, { outcome, status: response.status });
    });
  };
}
