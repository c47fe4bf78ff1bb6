import { z } from "zod";
import type { CrmModule } from "../module.ts";
import { createGhlClient } from "./client.ts";
import { createGhlConnector } from "./connector.ts";
import { GhlFacts } from "./find-contacts.ts";

const API_URL = "https://services.leadconnectorhq.com";
const APP_URL = "https://app.gohighlevel.com";

/** The search index is seen to lag by up to a minute; a location that allows duplicates has no other complete lookup. */
const INDEX_LAG_MS = 60_000;

const WebAddress = z.url({ protocol: /^https?$/ }).transform((url) => url.replace(/\/+$/, ""));

const GhlSettings = z.object({
  locationId: z
    .string()
    .trim()
    .regex(/^[A-Za-z0-9_-]{10,60}$/, "A location ID is letters and digits."),
  baseUrl: z.preprocess((value) => value || API_URL, WebAddress),
  appUrl: z.preprocess((value) => value || APP_URL, WebAddress),
});
type GhlSettings = z.infer<typeof GhlSettings>;

const GhlCredentials = z.object({
  token: z
    .string()
    .trim()
    .regex(/^[\x21-\x7e]+$/, "A token has no spaces."),
});
type GhlCredentials = z.infer<typeof GhlCredentials>;

export const ghl: CrmModule<GhlSettings, GhlCredentials> = {
  provider: "ghl",
  name: "HighLevel",
  settings: GhlSettings,
  credentials: GhlCredentials,
  inputs: [
    {
      name: "locationId",
      in: "settings",
      label: "Location ID",
      hint: "Settings, Business Profile, in the sub-account. Also in the address bar after /location/.",
      required: true,
    },
    {
      name: "token",
      in: "credentials",
      label: "Private Integration token",
      hint:
        "Settings, Private Integrations, in the sub-account (not the agency). Scopes: View Contacts, Edit Contacts, " +
        "View Locations, View Custom Fields.",
      required: true,
    },
    {
      name: "appUrl",
      in: "settings",
      label: "Address of the app",
      hint: `Only for white-label accounts; ${APP_URL} otherwise. Used for links to contacts.`,
      required: false,
    },
  ],
  defaultMapping: ["firstName", "lastName", "email", "phone"].map((field) => ({
    field,
    object: "contact",
    property: field,
    policy: "fill_blank",
  })),
  capabilities: {
    objects: ["contact"],
    creates: "contact",
    requiredToCreate: [],
    conditionalWrites: false,
    findsBothKeysAtOnce: true,
    dropsPhoneExtensions: true,
    createSettlesAfterMs: () => INDEX_LAG_MS,
  },
  /** `appUrl` may be anybody's: it is only linked to, never called. */
  usesVendorHosts: ({ baseUrl }) => new URL(baseUrl).origin === API_URL,
  createConnector({ settings, credentials, facts, now, http }) {
    const { baseUrl, appUrl, locationId } = settings;
    const call = createGhlClient({ baseUrl, token: credentials.token, now, http });
    return createGhlConnector({ call, locationId, appUrl, facts: GhlFacts.parse(facts) });
  },
};
