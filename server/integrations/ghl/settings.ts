import { z } from "zod";

export const API_URL = "https://services.leadconnectorhq.com";
export const APP_URL = "https://app.gohighlevel.com";

const WebAddress = z.url({ protocol: /^https?$/ }).transform((url) => url.replace(/\/+$/, ""));

export const GhlSettings = z.object({
  locationId: z
    .string()
    .trim()
    .regex(/^[A-Za-z0-9_-]{10,60}$/, "A location ID is letters and digits."),
  baseUrl: z.preprocess((value) => value || API_URL, WebAddress),
  appUrl: z.preprocess((value) => value || APP_URL, WebAddress),
});
export type GhlSettings = z.infer<typeof GhlSettings>;

export const GhlCredentials = z.object({
  token: z
    .string()
    .trim()
    .regex(/^[\x21-\x7e]+$/, "A token has no spaces."),
});
export type GhlCredentials = z.infer<typeof GhlCredentials>;
