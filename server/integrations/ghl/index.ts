import { fixedToken } from "../bearer-token.ts";
import type { CrmModule } from "../module.ts";
import { createGhlClient } from "./client.ts";
import { createGhlConnector } from "./connector.ts";
import { GhlFacts } from "./find-contacts.ts";
import { keyGuide } from "./guide.ts";
import { limits } from "./limits.ts";
import { ghlOAuth } from "./oauth.ts";
import { API_URL, APP_URL, type GhlAuthorization, GhlCredentials, GhlSettings } from "./settings.ts";
import { ghlWebhook } from "./webhook.ts";

/** The search index is seen to lag by up to a minute; a location that allows duplicates has no other complete lookup. */
const INDEX_LAG_MS = 60_000;

export const ghl: CrmModule<GhlSettings, GhlCredentials, GhlAuthorization> = {
  provider: "ghl",
  name: "HighLevel",
  settings: GhlSettings,
  credentials: GhlCredentials,
  guide: keyGuide,
  oauth: ghlOAuth,
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
      hint: "From Settings, Private Integrations, in the sub-account. It begins with pit-.",
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
    pulls: { filtersByTag: true, tellsDeletions: false },
    logsPhoneCalls: true,
    findsBothKeysAtOnce: true,
    dropsPhoneExtensions: true,
    createSettlesAfterMs: () => INDEX_LAG_MS,
  },
  /** `appUrl` may be anybody's: it is only linked to, never called. */
  usesVendorHosts: ({ baseUrl }) => new URL(baseUrl).origin === API_URL,
  limits,
  webhook: ghlWebhook,
  createConnector({ settings, credentials, facts, now, http }) {
    const { baseUrl, appUrl, locationId } = settings;
    const call = createGhlClient({ baseUrl, tokens: fixedToken(credentials.token), now, http });
    return createGhlConnector({ call, locationId, appUrl, facts: GhlFacts.parse(facts), now });
  },
};
