import type { z } from "zod";
import { ConnectorError } from "../../domain/connector-error.ts";
import { createHttpClient, type HttpOptions, type HttpResponse, jsonOf } from "../http-client.ts";
import type { TokenSource } from "../token-source.ts";
import { toConnectorError } from "./errors.ts";

interface DataverseCall<T> {
  readonly method: "GET" | "PATCH" | "DELETE";
  /** Below `/api/data/v9.2`, e.g. `/contacts(<guid>)?$select=fullname`; already encoded. */
  readonly path: string;
  readonly headers?: Record<string, string>;
  readonly body?: unknown;
  readonly answer: z.ZodType<T>;
}

/** One call to the Web API. Every answer but a 2xx of the expected shape is thrown as a `ConnectorError`. */
export type Dataverse = <T>(call: DataverseCall<T>) => Promise<T>;

const SERVICE = "/api/data/v9.2";

/** (Dataverse, Compose HTTP requests and handle errors.) A 401 is answered with one new token. */
export function createDataverse(
  environmentUrl: string,
  tokens: TokenSource,
  { http, now }: { readonly http: HttpOptions; readonly now: () => number },
): Dataverse {
  const send = createHttpClient(environmentUrl, http);

  async function sendWithToken(call: DataverseCall<unknown>): Promise<HttpResponse> {
    const token = await tokens.get();
    const response = await send({
      method: call.method,
      path: SERVICE + call.path,
      body: call.body,
      headers: {
        authorization: `Bearer ${token}`,
        "odata-version": "4.0",
        "odata-maxversion": "4.0",
        ...call.headers,
      },
    });
    if (response.status === 401) tokens.drop(token);
    return response;
  }

  return async function request<T>(call: DataverseCall<T>): Promise<T> {
    const first = await sendWithToken(call);
    const response = first.status === 401 ? await sendWithToken(call) : first;
    const write = call.method !== "GET";
    if (response.status < 200 || response.status > 299) throw toConnectorError(response, { write, now: now() });
    const parsed = call.answer.safeParse(jsonOf(response.text));
    if (parsed.success) return parsed.data;
    throw new ConnectorError("bad_response", "Dynamics 365 answered with something that is not its data.", {
      outcome: write ? "unknown" : "none",
      status: response.status,
      cause: parsed.error,
    });
  };
}
