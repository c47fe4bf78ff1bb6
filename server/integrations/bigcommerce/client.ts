import type { z } from "zod";
import type { ConnectorError } from "../../domain/connector-error.ts";
import { createHttpClient, type HttpOptions, type HttpRequest, jsonOf } from "../http-client.ts";
import { errorOf, unreadable } from "./errors.ts";
import { withWriteSlot } from "./write-slots.ts";

interface BigCommerceClientInput {
  readonly baseUrl: string;
  readonly storeHash: string;
  readonly accessToken: string;
  readonly http: HttpOptions;
}

/** `path` begins after the store, e.g. `/v3/customers`. */
type BigCommerceRequest = Pick<HttpRequest, "method" | "path" | "body">;

/** Sends one call and reads its answer by `schema`; every failure is a `ConnectorError`. */
export type BigCommerceClient = <Schema extends z.ZodType>(
  schema: Schema,
  request: BigCommerceRequest,
) => Promise<z.output<Schema>>;

export function createBigCommerceClient(input: BigCommerceClientInput): BigCommerceClient {
  const { baseUrl, storeHash, accessToken, http } = input;
  const send = createHttpClient(baseUrl, http);
  const headers = { "x-auth-token": accessToken, "user-agent": "Rolodesk" };

  return async function call(schema, { method, path, body }) {
    const write = method !== "GET";
    const kind = method === "PUT" ? ("write" as const) : ("call" as const);
    const request = { method, path: `/stores/${storeHash}${path}`, headers, body, kind };
    const sent = () => send(request);
    const response = await (kind === "write" ? withWriteSlot(`${baseUrl}${request.path}`, sent) : sent());
    if (response.status < 200 || response.status >= 300) throw withoutToken(errorOf(response, write), accessToken);
    const answer = schema.safeParse(jsonOf(response.text));
    if (!answer.success) throw unreadable(response, write);
    return answer.data;
  };
}

/** A path with `:in` filters: values are encoded one by one, the commas between them are not. */
export function pathTo(path: string, query: Readonly<Record<string, readonly (string | number)[]>>): string {
  const parts = Object.entries(query)
    .filter(([, values]) => values.length > 0)
    .map(([name, values]) => `${name}=${values.map((value) => encodeURIComponent(value)).join(",")}`);
  return parts.length > 0 ? `${path}?${parts.join("&")}` : path;
}

/** An answer may quote the header that was sent. */
function withoutToken(error: ConnectorError, token: string): ConnectorError {
  error.message = error.message.replaceAll(token, "…");
  if (error.stack) error.stack = error.stack.replaceAll(token, "…");
  return error;
}
