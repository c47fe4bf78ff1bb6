import type { ConnectorCapabilities } from "../../domain/connector.ts";
import type { CrmModule } from "../module.ts";
import { createBigCommerceClient } from "./client.ts";
import { createBigCommerceConnector } from "./connector.ts";
import { REQUIRED_PROPERTIES } from "./fields.ts";
import { guide } from "./guide.ts";
import { limits } from "./limits.ts";
import { BigCommerceFacts } from "./schema.ts";
import { API_URL, BigCommerceCredentials, BigCommerceSettings } from "./settings.ts";
import { vouchedShopper } from "./vouched-shopper.ts";
import { bigcommerceWebhook } from "./webhook.ts";

const capabilities: ConnectorCapabilities = {
  objects: ["customer"],
  creates: null,
  requiredToCreate: REQUIRED_PROPERTIES,
  conditionalWrites: false,
  findsBothKeysAtOnce: false,
  createSettlesAfterMs: () => 0,
};

/** A store's customers: linked and filled; created only where an admin allows it. */
export const bigcommerce: CrmModule<BigCommerceSettings, BigCommerceCredentials> = {
  provider: "bigcommerce",
  name: "BigCommerce",
  settings: BigCommerceSettings,
  credentials: BigCommerceCredentials,
  guide,
  inputs: [
    {
      name: "storeHash",
      in: "settings",
      label: "Store hash",
      hint: "In the API path of the API account, after /stores/; also in the control panel's address: store-{hash}.mybigcommerce.com.",
      required: true,
    },
    {
      name: "accessToken",
      in: "credentials",
      label: "Access token",
      hint: "Settings, API, Store-level API accounts. Scopes: Customers (modify), Information & settings (read-only).",
      required: true,
    },
    {
      name: "allowCreate",
      in: "settings",
      label: "Create customers",
      hint: "A customer is created only when email, first and last name are known.",
      required: false,
      choices: [
        { value: "no", label: "No, only link and fill the store's customers" },
        { value: "yes", label: "Yes, also create customers" },
      ],
    },
    {
      name: "appClientId",
      in: "credentials",
      label: "App client ID",
      hint: "Only to recognise signed-in shoppers: client ID of an app-level API account (Developer Portal). The app need not be installed.",
      required: false,
    },
    {
      name: "appClientSecret",
      in: "credentials",
      label: "App client secret",
      hint: "The client secret of the same app. It verifies what the store says of its shopper.",
      required: false,
    },
    {
      name: "storeUrl",
      in: "settings",
      label: "Control panel address",
      hint: "Only when it is not store-{hash}.mybigcommerce.com. Used for links to customers.",
      required: false,
    },
  ],
  defaultMapping: [
    { field: "firstName", object: "customer", property: "first_name", policy: "fill_blank" },
    { field: "lastName", object: "customer", property: "last_name", policy: "fill_blank" },
    { field: "email", object: "customer", property: "email", policy: "fill_blank" },
    { field: "phone", object: "customer", property: "phone", policy: "fill_blank" },
  ],
  capabilities,
  capabilitiesOf: ({ allowCreate }) =>
    allowCreate === "yes" ? { ...capabilities, creates: "customer" } : capabilities,
  /** `storeUrl` may be anybody's: it is only linked to, never called. */
  usesVendorHosts: ({ baseUrl }) => new URL(baseUrl).origin === API_URL,
  limits,
  webhook: bigcommerceWebhook,
  readVisitorToken: vouchedShopper,
  createConnector({ settings, credentials, facts, now, http }) {
    const { storeHash, baseUrl, storeUrl } = settings;
    const call = createBigCommerceClient({ baseUrl, storeHash, accessToken: credentials.accessToken, http });
    return createBigCommerceConnector({ call, storeHash, storeUrl, facts: BigCommerceFacts.parse(facts), now });
  },
};
