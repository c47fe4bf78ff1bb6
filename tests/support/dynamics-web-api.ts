import {
  createDynamicsSimulator,
  type DynamicsSimulator,
} from "../../server/simulators/dynamics/dynamics-simulator.ts";
import type { SimulatorOptions } from "../../server/simulators/kit/simulator.ts";

const HOST = "http://contoso.example.test";
const ACCOUNT = { tenantId: "tenant", clientId: "client", clientSecret: "secret" };

interface WebApiAnswer {
  readonly status: number;
  readonly headers: Headers;
  readonly json: Record<string, unknown>;
}

interface WebApi {
  readonly simulator: DynamicsSimulator;
  readonly root: string;
  /** Asks for a token; `changes` spoil the form. */
  token(changes?: Record<string, string>, tenant?: string): Promise<WebApiAnswer>;
  /** A call with a good token. `path` is below `/api/data/v9.2/`, or absolute. */
  call(method: string, path: string, headers?: Record<string, string>, body?: unknown): Promise<WebApiAnswer>;
}

/** Speaks to a simulated environment as any client would, without the connector. */
export function webApi(options: SimulatorOptions = {}): WebApi {
  const simulator = createDynamicsSimulator({ ...ACCOUNT, ...options });
  const root = `${HOST}/api/data/v9.2`;
  let bearer: string | undefined;

  async function token(changes: Record<string, string> = {}, tenant = ACCOUNT.tenantId): Promise<WebApiAnswer> {
    const form = {
      grant_type: "client_credentials",
      client_id: ACCOUNT.clientId,
      client_secret: ACCOUNT.clientSecret,
      scope: `${HOST}/.default`,
      ...changes,
    };
    const url = `${HOST}/${tenant}/oauth2/v2.0/token`;
    return answerOf(await simulator.app.request(url, { method: "POST", body: new URLSearchParams(form) }));
  }

  return {
    simulator,
    root,
    token,
    async call(method, path, headers = {}, body) {
      bearer ??= String((await token()).json.access_token);
      const url = path.startsWith("http") ? path : `${root}/${path}`;
      const sent = { authorization: `Bearer ${bearer}`, "content-type": "application/json", ...headers };
      return answerOf(
        await simulator.app.request(url, {
          method,
          headers: sent,
          body: body === undefined ? undefined : JSON.stringify(body),
        }),
      );
    },
  };
}

async function answerOf(response: Response): Promise<WebApiAnswer> {
  const text = await response.text();
  return { status: response.status, headers: response.headers, json: text === "" ? {} : JSON.parse(text) };
}
