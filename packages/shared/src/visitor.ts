import { z } from "zod";
import { Id, Instant } from "./ids.ts";
import { EMAIL_MAX_CHARS, IDENTITY_STATES, NAME_MAX_CHARS, PHONE_MAX_CHARS } from "./vocabulary.ts";

export const VisitorIdentity = z.object({
  state: z.enum(IDENTITY_STATES),
  /** Only what this browser itself stated, or its signed token. Never anything from the contact or a CRM. */
  firstName: z.string().nullable(),
  lastName: z.string().nullable(),
  email: z.string().nullable(),
  phone: z.string().nullable(),
});
export type VisitorIdentity = z.infer<typeof VisitorIdentity>;

/**
 * Opens or renews a visitor's session. The current token, where there is one, travels in `Authorization: Bearer`.
 * - no token: a new anonymous visitor
 * - a token that may still be renewed: the same visitor, a new token; the old one dies
 * - with `identityToken` (a JWT of the host site, HS256): that person's session; refused → state `failed`, still anonymous
 */
export const OpenSession = z.strictObject({
  siteKey: z.string().max(64),
  identityToken: z.string().max(8192).optional(),
});
export type OpenSession = z.infer<typeof OpenSession>;

export const VisitorSession = z.object({
  /** 256 random bits, base64url. Only for headers and the socket's `auth`; never in a URL. */
  token: z.string(),
  /** Renew before this. */
  expiresAt: Instant,
  visitorId: Id,
  identity: VisitorIdentity,
  /** The conversation this visitor may resume; null when none is open. */
  openConversationId: Id.nullable(),
});
export type VisitorSession = z.infer<typeof VisitorSession>;

const name = z.string().trim().min(1).max(NAME_MAX_CHARS);
/** The message that said it; absent when it was typed into the card. */
const messageSeq = z.number().int().positive().optional();

/** One value a visitor states. The server checks email and phone with the same rules it matches them by. */
export const FactInput = z.discriminatedUnion("field", [
  z.strictObject({ field: z.literal("firstName"), value: name, messageSeq }),
  z.strictObject({ field: z.literal("lastName"), value: name, messageSeq }),
  z.strictObject({ field: z.literal("email"), value: z.string().trim().min(1).max(EMAIL_MAX_CHARS), messageSeq }),
  z.strictObject({ field: z.literal("phone"), value: z.string().trim().min(1).max(PHONE_MAX_CHARS), messageSeq }),
]);
export type FactInput = z.infer<typeof FactInput>;

/** Unsigned attributes of `Rolodesk.setAttributes`: hints for the agent, not identity. */
export const VisitorAttributes = z
  .record(
    z
      .string()
      .min(1)
      .max(64)
      .regex(/^[A-Za-z][\w.-]*$/),
    z.union([z.string().max(500), z.number(), z.boolean(), z.null()]),
  )
  .refine((attributes) => Object.keys(attributes).length <= 50, "At most 50 attributes.");
export type VisitorAttributes = z.infer<typeof VisitorAttributes>;

/** Where the visitor is; taken from the host page by the loader. */
export const PageContext = z.strictObject({
  url: z.string().max(2000),
  title: z.string().max(300),
  referrer: z.string().max(2000),
});
export type PageContext = z.infer<typeof PageContext>;
