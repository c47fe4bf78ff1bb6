import type { Provider } from "@rolodesk/shared/vocabulary";
import { createBigCommerceSimulator } from "../simulators/bigcommerce/simulator.ts";
import { createDynamicsSimulator } from "../simulators/dynamics/dynamics-simulator.ts";
import { createGhlSimulator } from "../simulators/ghl/simulator.ts";
import { createHubSpotSimulator } from "../simulators/hubspot/hubspot-simulator.ts";
import type { Deliveries } from "../simulators/kit/deliveries.ts";
import type { Simulator } from "../simulators/kit/simulator.ts";
import { BIGCOMMERCE_DEMO, DYNAMICS_DEMO, HIGHLEVEL_DEMO, HUBSPOT_DEMO } from "./demo-accounts.ts";
import { currentShopperToken } from "./shopper-sign-in.ts";
import { fillBigCommerce, fillDynamics, fillHighLevel, fillHubSpot } from "./simulator-records.ts";

/** How a simulated CRM is told where to deliver. */
export interface DemoHook {
  /** What an admin enters of the CRM's, so that its deliveries are believed; null where it has nothing of its own. */
  readonly signing: string | null;
  /** Whether deliveries that nobody signs come to an address with a secret of ours in it. */
  readonly ownInAddress?: true;
  /** `own` is the secret we made for it; null where the CRM uses none. */
  subscribe(address: string, own: string | null): void;
}

export interface DemoCrm {
  readonly provider: Provider;
  /** `webhooks`: absent where it tells of no changes. */
  readonly simulator: Simulator & { readonly webhooks?: { readonly deliveries: Deliveries } };
  /** What an admin would type to connect it when it is served at `url`. */
  account(url: string): DemoAccount;
  /** Null where the simulator tells of no changes. */
  readonly hook: DemoHook | null;
}

export interface DemoAccount {
  /** The part of the settings that changes with the port. */
  readonly addresses: Readonly<Record<string, string>>;
  readonly settings?: Readonly<Record<string, string>>;
  readonly credentials: Readonly<Record<string, string>>;
  /** For connecting it by OAuth, where it can be. */
  readonly oauth?: DemoEntry;
}

/** What an admin enters. */
export interface DemoEntry {
  readonly settings: Readonly<Record<string, string>>;
  readonly credentials: Readonly<Record<string, string>>;
}

const SHOP = "Northwind Lamps";
/** A minute that a vendor would wait before it repeats a delivery is a second here. */
const webhooks = { haste: 60 };

/** One CRM of each kind, filled with the demo's story when it has no records yet. `fileOf` says where each keeps them. */
export function createDemoCrms(fileOf: (name: string) => string) {
  const shop = bigcommerce(fileOf("bigcommerce"));
  return {
    crms: [hubspot(fileOf("hubspot")), dynamics(fileOf("dynamics")), highlevel(fileOf("highlevel")), shop.crm],
    shopperToken: shop.shopperToken,
  };
}

function hubspot(file: string): DemoCrm {
  const { token, app } = HUBSPOT_DEMO;
  const simulator = createHubSpotSimulator({ token, app, file, webhooks });
  fillHubSpot(simulator);
  return {
    provider: "hubspot",
    simulator,
    account: (baseUrl) => ({
      addresses: { baseUrl },
      credentials: { token },
      oauth: { settings: { baseUrl, authorizeUrl: `${baseUrl}/oauth/authorize` }, credentials: app },
    }),
    hook: {
      signing: app.clientSecret,
      subscribe: (targetUrl) => void simulator.webhooks.subscribe({ targetUrl, clientSecret: app.clientSecret }),
    },
  };
}

function dynamics(file: string): DemoCrm {
  const { tenantId, clientId, clientSecret } = DYNAMICS_DEMO;
  const simulator = createDynamicsSimulator({ ...DYNAMICS_DEMO, organizationName: SHOP, file, webhooks });
  fillDynamics(simulator);
  return {
    provider: "dynamics",
    simulator,
    account: (url) => ({
      addresses: { environmentUrl: url, tokenUrl: `${url}/${tenantId}/oauth2/v2.0/token` },
      settings: { tenantId },
      credentials: { clientId, clientSecret },
    }),
    hook: {
      signing: null,
      subscribe: (endpointUrl, own) =>
        void simulator.webhooks.subscribe({ endpointUrl, webhookKey: own ?? "no key was made" }),
    },
  };
}

function highlevel(file: string): DemoCrm {
  const { token, locationId, app } = HIGHLEVEL_DEMO;
  const simulator = createGhlSimulator({ token, locationId, app, locationName: SHOP, file, webhooks });
  fillHighLevel(simulator);
  return {
    provider: "ghl",
    simulator,
    account: (baseUrl) => ({
      addresses: { baseUrl },
      settings: { locationId },
      credentials: { token },
      oauth: { settings: { baseUrl, authorizeUrl: `${baseUrl}/v2/oauth/chooselocation` }, credentials: app },
    }),
    hook: {
      signing: simulator.webhookPublicKey,
      ownInAddress: true,
      subscribe: (url, own) =>
        void simulator.webhooks.subscribe({ url, ...(own !== null && { workflowUrl: `${url}/${own}` }) }),
    },
  };
}

function bigcommerce(file: string) {
  const { accessToken, storeHash, app } = BIGCOMMERCE_DEMO;
  const simulator = createBigCommerceSimulator({ accessToken, storeHash, storeName: SHOP, app, file, webhooks });
  fillBigCommerce(simulator);
  const crm: DemoCrm = {
    provider: "bigcommerce",
    simulator,
    account: (url) => ({
      addresses: { baseUrl: url, storeUrl: url },
      settings: { storeHash },
      credentials: { accessToken, appClientId: app.clientId, appClientSecret: app.clientSecret },
    }),
    hook: {
      signing: null,
      subscribe: (destination, own) =>
        void simulator.webhooks.subscribe({
          scope: "store/customer/*",
          destination,
          headers: own === null ? {} : { "X-Rolodesk-Secret": own },
        }),
    },
  };
  return { crm, shopperToken: (email: string) => currentShopperToken(simulator, app.clientId, email) };
}
