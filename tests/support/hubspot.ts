import type { Connector } from "../../server/domain/connector.ts";
import type { HttpOptions } from "../../server/integrations/http-client.ts";
import { hubspot } from "../../server/integrations/hubspot/index.ts";
import {
  createHubSpotSimulator,
  type HubSpotSimulator,
  type HubSpotSimulatorOptions,
} from "../../server/simulators/hubspot/hubspot-simulator.ts";

export const TOKEN = "pat-na1-sentinel-token";
export const FACTS = { portalId: 891936587, uiDomain: "app.hubspot.com", timeZone: "US/Eastern" };

interface HubSpotRig {
  readonly simulator: HubSpotSimulator;
  readonly connector: Connector;
  /** Moves the clock of simulator and connector. */
  advance(ms: number): void;
  /** `GET /crm/objects/2026-09/contacts/1` and so on, in order, since the last `forget`. */
  calls(): string[];
  forget(): void;
}

/** A HubSpot connector on a simulator of its own, without a socket, both on one clock that stands still. */
export function createHubSpotRig(options: Partial<HubSpotSimulatorOptions> = {}, http: HttpOptions = {}): HubSpotRig {
  let clock = Date.parse("2026-10-01T15:00:00Z");
  const now = () => clock;
  const simulator = createHubSpotSimulator({ token: TOKEN, now, random: () => 0.5, searchLagMs: 5000, ...options });
  const send: typeof fetch = async (input, init) =>
    simulator.app.request(input instanceof URL ? input.href : input, init);
  const connector = hubspot.createConnector({
    settings: { baseUrl: "http://hubspot.test" },
    credentials: { token: TOKEN },
    facts: FACTS,
    now,
    http: { fetch: send, ...http },
  });
  return {
    simulator,
    connector,
    advance(ms) {
      clock += ms;
    },
    calls: () => simulator.journal.entries.map(({ method, path }) => `${method} ${path.split("?")[0]}`),
    forget: () => simulator.journal.clear(),
  };
}
