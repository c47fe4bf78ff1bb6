import { createHmac, timingSafeEqual } from "node:crypto";
import { z } from "zod";

export interface ShopperTokenRules {
  /** Of the app-level API account, which the page names when it asks the store for the token. */
  readonly clientId: string;
  readonly clientSecret: string;
  readonly storeHash: string;
}

type ShopperToken =
  | {
      readonly kind: "shopper";
      /** The id of the customer's record. */
      readonly customerId: string;
      readonly email: string;
      /** Epoch ms. */
      readonly expiresAt: number;
    }
  | { readonly kind: "refused"; readonly why: ShopperTokenRefusal };

/**
 * - `malformed`: no such token at all · `algorithm`: not signed by HS256 · `signature`: not signed with our secret
 * - `expired`, `not_yet`: by our clock, give or take a minute
 * - `issuer`, `audience`, `store`, `operation`: meant for something else
 */
type ShopperTokenRefusal =
  | "malformed"
  | "algorithm"
  | "signature"
  | "expired"
  | "not_yet"
  | "issuer"
  | "audience"
  | "store"
  | "operation";

const MAX_CHARS = 4096;
const CLOCK_SKEW_MS = 60_000;

/** The one algorithm, whatever the token says; extensions we would have to understand (`crit`) are not understood. */
const Header = z.looseObject({ alg: z.string(), crit: z.never().optional() });

const Claims = z.looseObject({
  customer: z.looseObject({ id: z.number().int().positive(), email: z.string().min(3).max(255) }),
  iss: z.string(),
  sub: z.string(),
  aud: z.union([z.string(), z.array(z.string())]),
  iat: z.number(),
  exp: z.number(),
  store_hash: z.string(),
  operation: z.string(),
});
type Claims = z.infer<typeof Claims>;

/**
 * Reads the token with which a store vouches for its signed-in shopper (BigCommerce, Current Customer API). No call is
 * made; `now` is epoch ms.
 */
export function readShopperToken(jwt: string, rules: ShopperTokenRules, now: number): ShopperToken {
  const [, head, payload, signature] = /^([\w-]+)\.([\w-]+)\.([\w-]+)$/.exec(jwt) ?? [];
  if (jwt.length > MAX_CHARS || head === undefined || payload === undefined || signature === undefined) {
    return refused("malformed");
  }
  const header = Header.safeParse(jsonIn(head));
  if (!header.success) return refused("malformed");
  if (header.data.alg !== "HS256") return refused("algorithm");
  if (!isSignedWith(rules.clientSecret, `${head}.${payload}`, signature)) return refused("signature");
  const claims = Claims.safeParse(jsonIn(payload));
  if (!claims.success) return refused("malformed");
  const why = mismatchOf(claims.data, rules, now);
  if (why) return refused(why);
  const { customer, exp } = claims.data;
  return { kind: "shopper", customerId: String(customer.id), email: customer.email, expiresAt: exp * 1000 };
}

function mismatchOf(claims: Claims, { clientId, storeHash }: ShopperTokenRules, now: number) {
  const { iss, sub, aud, iat, exp, store_hash, operation } = claims;
  if (iss !== "bc/apps") return "issuer";
  if (![aud].flat().includes(clientId)) return "audience";
  if (sub !== storeHash || store_hash !== storeHash) return "store";
  if (operation !== "current_customer") return "operation";
  if (exp * 1000 + CLOCK_SKEW_MS <= now) return "expired";
  return iat * 1000 - CLOCK_SKEW_MS > now ? "not_yet" : null;
}

/** An empty secret signs nothing: it is one that was never set. */
function isSignedWith(secret: string, signed: string, signature: string): boolean {
  if (secret === "") return false;
  const expected = createHmac("sha256", secret).update(signed).digest();
  const given = Buffer.from(signature, "base64url");
  return given.length === expected.length && timingSafeEqual(given, expected);
}

function jsonIn(part: string): unknown {
  try {
    return JSON.parse(Buffer.from(part, "base64url").toString("utf8"));
  } catch {
    return undefined;
  }
}

function refused(why: ShopperTokenRefusal): ShopperToken {
  return { kind: "refused", why };
}
