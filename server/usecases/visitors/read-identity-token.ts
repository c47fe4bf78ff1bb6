import type { VisitorField } from "@rolodesk/shared/vocabulary";
import { EMAIL_MAX_CHARS, NAME_MAX_CHARS, PHONE_MAX_CHARS } from "@rolodesk/shared/vocabulary";
import { errors, jwtVerify } from "jose";
import { z } from "zod";
import type { SiteRow } from "../../db/queries/site.ts";
import type { StatedValues } from "../../db/schema/conversation.ts";
import type { Deps } from "../../deps.ts";
import { parseEmail } from "../../domain/identity/email.ts";
import { parsePhone } from "../../domain/identity/phone.ts";

export interface SignedIdentity {
  /** The host site's own id of the person. */
  readonly subject: string;
  readonly stated: StatedValues;
}

const CLOCK_SKEW_S = 60;
const MAX_LIFE_S = 12 * 60 * 60;

/** Postgres keeps no NUL. */
const text = z.string().refine((value) => !value.includes("\0"));
const name = text.trim().min(1).max(NAME_MAX_CHARS).optional().catch(undefined);
const Claims = z.object({
  sub: text.min(1).max(200),
  exp: z.number(),
  email: text.max(EMAIL_MAX_CHARS).optional().catch(undefined),
  phone: text.max(PHONE_MAX_CHARS).optional().catch(undefined),
  name,
  given_name: name,
  family_name: name,
});

export function identityAad(siteId: string): string {
  return `site:${siteId}:identity`;
}

/**
 * Who the host site's backend says this is: a JWT signed with the site's secret (HS256 and nothing else), for this site,
 * living at most 12 hours. null when any of that does not hold. An optional claim that cannot be read is left out.
 */
export async function readIdentityToken(
  deps: Pick<Deps, "secrets" | "now">,
  site: SiteRow,
  token: string,
): Promise<SignedIdentity | null> {
  if (!site.identitySecret) return null;
  const secret = new TextEncoder().encode(deps.secrets.decrypt(site.identitySecret, identityAad(site.id)));
  const now = deps.now();
  try {
    const { payload } = await jwtVerify(token, secret, {
      algorithms: ["HS256"],
      audience: site.key,
      requiredClaims: ["sub", "exp", "aud"],
      clockTolerance: CLOCK_SKEW_S,
      currentDate: now,
    });
    const claims = Claims.safeParse(payload);
    if (!claims.success || claims.data.exp * 1000 > now.getTime() + (MAX_LIFE_S + CLOCK_SKEW_S) * 1000) return null;
    return { subject: claims.data.sub, stated: toStated(claims.data, site.defaultCountry) };
  } catch (error) {
    if (error instanceof errors.JOSEError) return null;
    throw error;
  }
}

function toStated(claims: z.output<typeof Claims>, country: string | null): StatedValues {
  const [first, ...rest] = claims.name?.split(/\s+/) ?? [];
  const values: Record<VisitorField, string | undefined> = {
    firstName: claims.given_name ?? first,
    lastName: claims.family_name ?? (claims.given_name ? undefined : rest.join(" ") || undefined),
    email: claims.email && parseEmail(claims.email)?.value,
    phone: claims.phone && parsePhone(claims.phone, [country])?.value,
  };
  const stated: StatedValues = {};
  for (const field of ["firstName", "lastName", "email", "phone"] as const) {
    const value = values[field];
    if (value) stated[field] = { value, verified: true };
  }
  return stated;
}
