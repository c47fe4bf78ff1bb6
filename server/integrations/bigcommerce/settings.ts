import { z } from "zod";

export const API_URL = "https://api.bigcommerce.com";

const WebAddress = z.url({ protocol: /^https?$/ }).transform((url) => url.replace(/\/+$/, ""));

export const BigCommerceSettings = z.object({
  storeHash: z
    .string()
    .trim()
    .regex(/^[a-z0-9]{3,40}$/, "A store hash is small letters and digits, as in store-abc123.mybigcommerce.com."),
  allowCreate: z.enum(["yes", "no"], "Write yes or no.").default("no"),
  baseUrl: z.preprocess((value) => value || API_URL, WebAddress),
  storeUrl: z.preprocess((value) => value || null, WebAddress.nullable()),
});
export type BigCommerceSettings = z.infer<typeof BigCommerceSettings>;

const Printable = z
  .string()
  .trim()
  .regex(/^[\x21-\x7e]+$/, "There are no spaces in it.");

export const BigCommerceCredentials = z
  .object({
    accessToken: Printable,
    /** Only to verify shoppers' tokens; no call is made with them. */
    appClientId: Printable.optional(),
    appClientSecret: Printable.optional(),
  })
  .refine(({ appClientId, appClientSecret }) => (appClientId === undefined) === (appClientSecret === undefined), {
    path: ["appClientSecret"],
    error: "The app's client ID and client secret belong together.",
  });
export type BigCommerceCredentials = z.infer<typeof BigCommerceCredentials>;
