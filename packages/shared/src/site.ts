import { z } from "zod";
import { Id, Instant } from "./ids.ts";
import { NAME_MAX_CHARS } from "./vocabulary.ts";

/** Whether the identity card asks for a field. */
export const AskLevel = z.enum(["off", "optional", "required"]);
export type AskLevel = z.infer<typeof AskLevel>;

export const AskFields = z.strictObject({ firstName: AskLevel, lastName: AskLevel, email: AskLevel, phone: AskLevel });
export type AskFields = z.infer<typeof AskFields>;

/** `https://shop.example.com`, or `https://*.example.com` for every subdomain; http only for loopback. As an address bar has it, too: with a slash. */
const SiteOrigin = z
  .string()
  .trim()
  .toLowerCase()
  .overwrite((text) => text.replace(/\/$/, ""))
  .regex(
    /^(https:\/\/(\*\.)?[a-z0-9-]+(\.[a-z0-9-]+)*(:\d{1,5})?|http:\/\/(localhost|127\.0\.0\.1|\[::1\])(:\d{1,5})?)$/,
    "Write an origin such as https://shop.example.com or https://*.example.com (no path).",
  );

const Accent = z
  .string()
  .toLowerCase()
  .regex(/^#[0-9a-f]{6}$/, "Write a colour such as #1d6b5f.");

export const SiteInput = z.strictObject({
  name: z.string().trim().min(1, "Give the site a name.").max(NAME_MAX_CHARS),
  accent: Accent,
  greeting: z.string().trim().max(200),
  origins: z.array(SiteOrigin).max(50),
  /** ISO 3166-1 alpha-2, the country of telephone numbers written without one; null: none is assumed. */
  defaultCountry: z
    .string()
    .regex(/^[A-Z]{2}$/, "Write a two-letter country code such as US.")
    .nullable(),
  ask: AskFields,
  /** A conversation in which nobody writes for this long ends by itself. */
  idleMinutes: z
    .number()
    .int()
    .min(1)
    .max(7 * 24 * 60),
});
export type SiteInput = z.infer<typeof SiteInput>;

export const Site = SiteInput.extend({
  id: Id,
  /** Public, in the snippet. */
  key: z.string(),
  hasIdentitySecret: z.boolean(),
  createdAt: Instant,
});
export type Site = z.infer<typeof Site>;

/** What a page may know of a site before anybody speaks. Small: it follows the loader. */
export const WidgetConfig = z.object({
  siteKey: z.string(),
  name: z.string(),
  accent: z.string(),
  greeting: z.string(),
  ask: AskFields,
  agentsOnline: z.boolean(),
});
export type WidgetConfig = z.infer<typeof WidgetConfig>;
