import { randomUUID } from "node:crypto";
import {
  type BigCommerceSimulator,
  createBigCommerceSimulator,
} from "../../server/simulators/bigcommerce/simulator.ts";
import {
  createDynamicsSimulator,
  type DynamicsSimulator,
} from "../../server/simulators/dynamics/dynamics-simulator.ts";
import { createGhlSimulator, type GhlSimulator } from "../../server/simulators/ghl/simulator.ts";
import { createHubSpotSimulator, type HubSpotSimulator } from "../../server/simulators/hubspot/hubspot-simulator.ts";
import type { Simulator } from "../../server/simulators/kit/simulator.ts";

/** Those that create people with the settings below. */
export const CRMS = ["hubspot", "dynamics", "ghl"] as const;
export type Crm = (typeof CRMS)[number];
/** With the shop, whose connection links and fills its customers and creates none. */
export type Connectable = Crm | "bigcommerce";

/** Those with OAuth. */
export type Authorizable = "hubspot" | "ghl";

export interface SimulatedCrms {
  readonly hubspot: HubSpotSimulator;
  readonly dynamics: DynamicsSimulator;
  readonly ghl: GhlSimulator;
  readonly bigcommerce: BigCommerceSimulator;
  /** The network between Rolodesk and all of them. */
  readonly fetch: typeof fetch;
  /** What an admin enters to connect each. */
  readonly access: Readonly<Record<Connectable, Access>>;
  /** What an admin enters to have an account authorized by OAuth. */
  readonly apps: Readonly<Record<Authorizable, Access>>;
}

interface Access {
  readonly settings: Record<string, string>;
  readonly credentials: Record<string, string>;
}

/** The CRMs with accounts of their own, on one clock; `random` is 0..1. */
export function createSimulatedCrms(now: () => number, random: () => number): SimulatedCrms {
  const token = "pat-na1-0123456789abcdef";
  const hubspotApp = { clientId: "hubspot-client-0123456789", clientSecret: "hubspot-app-secret-0123456789" };
  const ghlApp = { clientId: "ghlapp0123456789-abcdef", clientSecret: "ghl-app-secret-0123456789" };
  const entra = { tenantId: randomUUID(), clientId: randomUUID(), clientSecret: "dynamics-secret-0123456789" };
  const location = { token: "pit-0123456789abcdef", locationId: "demoLocation00000001" };
  const shop = { accessToken: "bc-0123456789abcdef", storeHash: "abc123demo" };
  const app = { clientId: "demoapp0client0id", clientSecret: "demo-app-client-secret" };
  const options = { now, random, searchLagMs: 5_000 };
  const hubspot = createHubSpotSimulator({ token, app: hubspotApp, ...options });
  const dynamics = createDynamicsSimulator({ ...entra, ...options });
  const ghl = createGhlSimulator({ ...location, app: ghlApp, ...options });
  const bigcommerce = createBigCommerceSimulator({ ...shop, app, now, random });
  const byHost = new Map<string, Simulator>([
    ["hubspot.test", hubspot],
    ["dynamics.test", dynamics],
    ["ghl.test", ghl],
    ["bigcommerce.test", bigcommerce],
  ]);
  return {
    hubspot,
    dynamics,
    ghl,
    bigcommerce,
    async fetch(input, init) {
      const request = new Request(input, init);
      const simulator = byHost.get(new URL(request.url).hostname);
      if (!simulator) throw new Error(`Nobody lives at ${request.url}.`);
      // the caller's own signal: the request's copy is collected together with a request nobody answers
      return await whileWaited(init?.signal ?? request.signal, async () => simulator.app.fetch(request));
    },
    apps: {
      hubspot: {
        settings: { baseUrl: "http://hubspot.test", authorizeUrl: "http://hubspot.test/oauth/authorize" },
        credentials: hubspotApp,
      },
      ghl: {
        settings: { baseUrl: "http://ghl.test", authorizeUrl: "http://ghl.test/v2/oauth/chooselocation" },
        credentials: ghlApp,
      },
    },
    access: {
      hubspot: { settings: { baseUrl: "http://hubspot.test" }, credentials: { token } },
      dynamics: {
        settings: {
          environmentUrl: "http://dynamics.test",
          tenantId: entra.tenantId,
          tokenUrl: `http://dynamics.test/${entra.tenantId}/oauth2/v2.0/token`,
        },
        credentials: { clientId: entra.clientId, clientSecret: entra.clientSecret },
      },
      ghl: {
        settings: { baseUrl: "http://ghl.test", locationId: location.locationId },
        credentials: { token: location.token },
      },
      bigcommerce: {
        settings: { baseUrl: "http://bigcommerce.test", storeHash: shop.storeHash },
        credentials: {
          accessToken: shop.accessToken,
          appClientId: app.clientId,
          appClientSecret: app.clientSecret,
        },
      },
    },
  };
}

/** A simulator that hangs does not notice that nobody waits any more; the caller does. */
function whileWaited<T>(signal: AbortSignal, answer: () => Promise<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    signal.addEventListener("abort", () => reject(signal.reason), { once: true });
    answer().then(resolve, reject);
  });
}
