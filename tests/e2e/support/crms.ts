import { getRequestListener } from "@hono/node-server";
import type { NewConnection } from "../../../packages/shared/src/connection.ts";
import { closeServer, listenOn } from "../../../server/listen.ts";
import {
  type BigCommerceSimulator,
  createBigCommerceSimulator,
} from "../../../server/simulators/bigcommerce/simulator.ts";
import {
  createDynamicsSimulator,
  type DynamicsSimulator,
} from "../../../server/simulators/dynamics/dynamics-simulator.ts";
import { createGhlSimulator, type GhlSimulator } from "../../../server/simulators/ghl/simulator.ts";
import { createHubSpotSimulator, type HubSpotSimulator } from "../../../server/simulators/hubspot/hubspot-simulator.ts";
import type { SimulatedRecord, Simulator } from "../../../server/simulators/kit/simulator.ts";

const CRM_NAMES = ["HubSpot", "Dynamics 365", "HighLevel", "BigCommerce"] as const;
export type CrmName = (typeof CRM_NAMES)[number];

/** Four CRMs that live in the test's process: a killed server does not take them along. */
export interface Crms {
  readonly hubspot: HubSpotSimulator;
  readonly dynamics: DynamicsSimulator;
  readonly highlevel: GhlSimulator;
  /** Its connection links and fills customers, and creates none. */
  readonly bigcommerce: BigCommerceSimulator;
  /** The page on which a person edits the records. */
  readonly recordsUrl: Readonly<Record<CrmName, string>>;
  /** What an admin would type to connect each. */
  readonly access: readonly NewConnection[];
  close(): Promise<void>;
}

const SHOP = "Northwind Lamps";
const HUBSPOT = { token: "pat-na1-browser-tests" };
const ENTRA = { tenantId: "shop.example.com", clientId: "browser-tests", clientSecret: "browser-tests-secret" };
const STORE = { storeHash: "browsertests", accessToken: "bc-browser-tests" };
const LOCATION = { locationId: "browserTests00000001", token: "pit-browser-tests" };

/** Searches see a write a moment later, as the vendors' do; short, so that no test has to wait long for it. */
const SEARCH_LAG_MS = 200;

export async function startCrms(): Promise<Crms> {
  const closers: (() => Promise<void>)[] = [];

  async function serve(simulator: Simulator): Promise<string> {
    const { server, port } = await listenOn("127.0.0.1", 0);
    server.on("request", getRequestListener(simulator.app.fetch));
    closers.push(() => closeServer(server));
    // not 127.0.0.1: the demo takes those addresses for its own simulators and points them there at every start
    return `http://localhost:${port}`;
  }

  const options = { searchLagMs: SEARCH_LAG_MS };
  const hubspot = createHubSpotSimulator({ ...HUBSPOT, ...options });
  const dynamics = createDynamicsSimulator({ ...ENTRA, organizationName: SHOP, ...options });
  const highlevel = createGhlSimulator({ ...LOCATION, locationName: SHOP, ...options });
  const bigcommerce = createBigCommerceSimulator({ ...STORE, storeName: SHOP });
  const [hubspotUrl, dynamicsUrl, highlevelUrl, bigcommerceUrl] = await Promise.all([
    serve(hubspot),
    serve(dynamics),
    serve(highlevel),
    serve(bigcommerce),
  ]);
  return {
    hubspot,
    dynamics,
    highlevel,
    bigcommerce,
    recordsUrl: {
      HubSpot: `${hubspotUrl}/_records`,
      "Dynamics 365": `${dynamicsUrl}/_records`,
      HighLevel: `${highlevelUrl}/_records`,
      BigCommerce: `${bigcommerceUrl}/_records`,
    },
    access: [
      {
        provider: "hubspot",
        name: "HubSpot",
        settings: { baseUrl: hubspotUrl },
        credentials: { token: HUBSPOT.token },
        siteIds: [],
      },
      {
        provider: "dynamics",
        name: "Dynamics 365",
        settings: {
          environmentUrl: dynamicsUrl,
          tenantId: ENTRA.tenantId,
          tokenUrl: `${dynamicsUrl}/${ENTRA.tenantId}/oauth2/v2.0/token`,
        },
        credentials: { clientId: ENTRA.clientId, clientSecret: ENTRA.clientSecret },
        siteIds: [],
      },
      {
        provider: "ghl",
        name: "HighLevel",
        settings: { baseUrl: highlevelUrl, locationId: LOCATION.locationId },
        credentials: { token: LOCATION.token },
        siteIds: [],
      },
      {
        provider: "bigcommerce",
        name: "BigCommerce",
        settings: { baseUrl: bigcommerceUrl, storeUrl: bigcommerceUrl, storeHash: STORE.storeHash },
        credentials: { accessToken: STORE.accessToken },
        siteIds: [],
      },
    ],
    async close() {
      await Promise.all(closers.map((close) => close()));
    },
  };
}

/** The records that contain a text in any value, gone ones left out. */
export function recordsWith(simulator: Simulator, text: string): SimulatedRecord[] {
  const wanted = text.toLowerCase();
  return simulator
    .records()
    .filter(({ state }) => state === null || !/^(archived|deleted|merged into)/.test(state))
    .filter(({ values }) => JSON.stringify(values).toLowerCase().includes(wanted));
}

/** The one record that contains a text; fails when there is none or another one. */
export function onlyRecordWith(simulator: Simulator, text: string): SimulatedRecord {
  const [record, ...others] = recordsWith(simulator, text);
  if (!record || others.length > 0) {
    throw new Error(`${simulator.name} has ${record ? others.length + 1 : 0} records with "${text}", not one.`);
  }
  return record;
}
