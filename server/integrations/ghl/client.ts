import type { z } from "zod";
import type { ConnectorError } from "../../domain/connector-error.ts";
import { withToken } from "../bearer-token.ts";
import { createHttpClient, type HttpOptions, type HttpRequest, jsonOf } from "../http-client.ts";
import type { TokenSource } from "../token-source.ts";
import { type AskedFor, errorOf, unreadable } from "./errors.ts";

/** The version with recorded answers; its end is not announced. Newer ones rename fields. */
export const API_VERSION = "2021-07-28";

interface GhlClientInput {
  readonly baseUrl: string;
  /** A private integration token of the sub-account, or an app's access tokens for it. */
  readonly tokens: TokenSource;
  readonly now: () => number;
  readonly http: HttpOptions;
}

interface GhlRequest extends Pick<HttpRequest, "method" | "path" | "body" | "readOnly"> {
  readonly mayWorkWhenRefused?: boolean;
  /** Of the API, where a call knows only another one. */
  readonly version?: string;
}

/** Sends one call and reads its answer by `schema`; every failure is a `ConnectorError`. */
export type GhlClient = <Schema extends z.ZodType>(schema: Schema, request: GhlRequest) => Promise<z.output<Schema>>;

export function createGhlClient({ baseUrl, tokens, now, http }: GhlClientInput): GhlClient {
  const send = createHttpClient(baseUrl, http);

  return async function call(schema, { mayWorkWhenRefused = false, version = API_VERSION, ...request }) {
    const asked: AskedFor = { write: request.method !== "GET" && !request.readOnly, mayWorkWhenRefused };
    return await withToken(tokens, async (token) => {
      const headers = { authorization: `Bearer ${token}`, version };
      const response = await send({ ...request, headers });
      if (response.status < 200 || response.status >= 300) throw withoutToken(errorOf(response, asked, now()), token);
      const answer = schema.safeParse(jsonOf(response.text));
      if (!answer.success) throw unreadable(response, asked);
      return answer.data;
    });
  };
}

/** An answer may quote the header that was sent. */
function withoutToken(error: ConnectorError, token: string): ConnectorError {
  error.message = error.message.replaceAll(token, "…");
  if (error.stack) error.stack = error.stack.replaceAll(token, "…");
  return error;
}
