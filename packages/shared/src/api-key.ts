import { z } from "zod";
import { Id, Instant } from "./ids.ts";
import { API_SCOPES, NAME_MAX_CHARS } from "./vocabulary.ts";

/** How many days a key lives; null: until it is revoked. */
const KEY_LIFETIME_DAYS_MAX = 3650;

export const NewApiKey = z
  .strictObject({
    name: z.string().trim().min(1, "Say what the key is for.").max(NAME_MAX_CHARS),
    scopes: z.array(z.enum(API_SCOPES)).min(1, "Choose what the key may do.").max(API_SCOPES.length),
    /** Sites it reaches; empty: every site its maker serves, also later ones. */
    siteIds: z.array(Id).max(100).default([]),
    expiresInDays: z.number().int().min(1).max(KEY_LIFETIME_DAYS_MAX).nullable(),
  })
  .refine(({ scopes, siteIds }) => !scopes.includes("admin") || siteIds.length === 0, {
    path: ["siteIds"],
    message: "A key for the settings reaches every site. Choose no sites, or not this scope.",
  });
export type NewApiKey = z.infer<typeof NewApiKey>;

export const ApiKey = z.object({
  id: Id,
  name: z.string(),
  /** How the key begins. The rest is not stored. */
  prefix: z.string(),
  scopes: z.array(z.enum(API_SCOPES)),
  siteIds: z.array(Id),
  createdByName: z.string(),
  createdAt: Instant,
  /** To the minute. */
  lastUsedAt: Instant.nullable(),
  expiresAt: Instant.nullable(),
  /** `idle`: its maker is deactivated or no admin any more, so that it may do less or nothing. */
  state: z.enum(["active", "idle", "expired", "revoked"]),
});
export type ApiKey = z.infer<typeof ApiKey>;

export const ApiKeyList = z.object({ keys: z.array(ApiKey) });

/** `secret` is shown this once. */
export const MadeApiKey = z.object({ key: ApiKey, secret: z.string() });
export type MadeApiKey = z.infer<typeof MadeApiKey>;
