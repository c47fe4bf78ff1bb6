import { z } from "zod";
import { fixedToken } from "../bearer-token.ts";
import type { CrmModule } from "../module.ts";
import { createHubSpotConnector, type HubSpotCredentials, type HubSpotSettings, isHubSpotHost } from "./connector.ts";
import { keyGuide } from "./guide.ts";
import { limits } from "./limits.ts";
import { type HubSpotAuthorization, hubspotOAuth } from "./oauth.ts";
import { hubspotWebhook } from "./webhook.ts";

/** HubSpot's search index "may take a few moments"; integrators report up to 30 seconds. */
const SEARCH_SETTLES_AFTER_MS = 45_000;

const Settings = z.object({ baseUrl: z.url({ protocol: /^https?$/ }).default("https://api.hubapi.com") });

const Credentials = z.object({
  token: z
    .string()
    .trim()
    .min(1)
    .max(1000)
    .regex(/^[\x21-\x7e]+$/, "A token has no spaces or special characters."),
});

export const hubspot: CrmModule<HubSpotSettings, HubSpotCredentials, HubSpotAuthorization> = {
  provider: "hubspot",
  name: "HubSpot",
  settings: Settings,
  credentials: Credentials,
  guide: keyGuide,
  oauth: hubspotOAuth,
  inputs: [
    {
      name: "token",
      in: "credentials",
      label: "Service key or access token",
      hint: "The token of a service key or a private app; it begins with pat-.",
      required: true,
    },
  ],
  defaultMapping: [
    { field: "firstName", object: "contact", property: "firstname", policy: "fill_blank" },
    { field: "lastName", object: "contact", property: "lastname", policy: "fill_blank" },
    { field: "email", object: "contact", property: "email", policy: "fill_blank" },
    { field: "phone", object: "contact", property: "phone", policy: "fill_blank" },
  ],
  capabilities: {
    objects: ["contact"],
    creates: "contact",
    requiredToCreate: [],
    conditionalWrites: false,
    pulls: { filtersByTag: false, tellsDeletions: false },
    findsBothKeysAtOnce: false,
    createSettlesAfterMs: (values) =>
      typeof values.email === "string" && values.email.trim() !== "" ? 0 : SEARCH_SETTLES_AFTER_MS,
  },
  usesVendorHosts: ({ baseUrl }) => isHubSpotHost(baseUrl),
  limits,
  webhook: hubspotWebhook,
  createConnector: ({ credentials, ...input }) =>
    createHubSpotConnector({ ...input, tokens: fixedToken(credentials.token) }),
};
