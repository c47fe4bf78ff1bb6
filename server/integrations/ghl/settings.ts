import { z } from "zod";

export const API_URL = "https://services.leadconnectorhq.com";
export const APP_URL = "https://app.gohighlevel.com";

/** Where people agree to an app; the second is for agencies with a white label. */
export const MARKETPLACE_URLS = [
  "https://marketplace.gohighlevel.com/v2/oauth/chooselocation",
  "https://marketplace.leadconnectorhq.com/v2/oauth/chooselocation",
] as const;

const WebAddress = z.url({ protocol: /^https?$/ }).transform((url) => url.replace(/\/+$/, ""));

const LocationId = z
  .string()
  .trim()
  .regex(/^[A-Za-z0-9_-]{10,60}$/, "A location ID is letters and digits.");

export const GhlSettings = z.object({
  locationId: LocationId,
  baseUrl: z.preprocess((value) => value || API_URL, WebAddress),
  appUrl: z.preprocess((value) => value || APP_URL, WebAddress),
});
export type GhlSettings = z.infer<typeof GhlSettings>;

/** What is known before somebody authorizes: the location may only be chosen there. */
export const GhlAuthorization = GhlSettings.extend({
  locationId: LocationId.optional(),
  authorizeUrl: z.preprocess((value) => value || MARKETPLACE_URLS[0], WebAddress),
});
export type GhlAuthorization = z.infer<typeof GhlAuthorization>;

export const GhlCredentials = z.object({
  token: z
    .string()
    .trim()
    .regex(/^[\x21-\x7e]+$/, "A token has no spaces."),
});
export type GhlCredentials = z.infer<typeof GhlCredentials>;
