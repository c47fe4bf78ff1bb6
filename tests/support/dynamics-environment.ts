import { randomUUID } from "node:crypto";
import type { Connector } from "../../server/domain/connector.ts";
import { dynamics } from "../../server/integrations/dynamics/index.ts";
import type { CallReport } from "../../server/integrations/http-client.ts";
import {
  createDynamicsSimulator,
  type DynamicsSimulator,
} from "../../server/simulators/dynamics/dynamics-simulator.ts";

interface DynamicsEnvironment {
  readonly simulator: DynamicsSimulator;
  readonly connector: Connector;
  readonly clientSecret: string;
  /** Every token the connector has sent so far. */
  readonly tokens: string[];
  readonly reports: CallReport[];
  /** Epoch ms; tests move it by hand. */
  readonly clock: { now: number };
  /** Another connector for the same account. */
  open(settings?: Record<string, string>, facts?: Record<string, unknown>): Connector;
}

/** A simulated environment of its own and a connector to it, joined without a socket. */
export function dynamicsEnvironment(): DynamicsEnvironment {
  const [tenantId, clientId, clientSecret] = [randomUUID(), randomUUID(), `secret-${randomUUID()}`];
  const clock = { now: Date.parse("2026-03-01T10:00:00Z") };
  const simulator = createDynamicsSimulator({ tenantId, clientId, clientSecret, now: () => clock.now });
  const host = `http://${randomUUID()}.example.test`;
  const tokens: string[] = [];
  const reports: CallReport[] = [];

  const open: DynamicsEnvironment["open"] = (settings = {}, facts = {}) =>
    dynamics.createConnector({
      settings: dynamics.settings.parse({
        environmentUrl: host,
        tenantId,
        tokenUrl: `${host}/${tenantId}/oauth2/v2.0/token`,
        ...settings,
      }),
      credentials: { clientId, clientSecret },
      facts,
      now: () => clock.now,
      http: {
        onCall: (report) => reports.push(report),
        fetch: async (input, init) => {
          const request = new Request(input, init);
          const token = request.headers.get("authorization")?.replace("Bearer ", "");
          if (token && !tokens.includes(token)) tokens.push(token);
          return simulator.app.fetch(request);
        },
      },
    });
  return { simulator, connector: open(), clientSecret, tokens, reports, clock, open };
}
