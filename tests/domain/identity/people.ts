import type { EmailKey } from "../../../server/domain/identity/email.ts";
import { parseEmail } from "../../../server/domain/identity/email.ts";
import {
  type Match,
  type MatchCandidate,
  type MatchInput,
  matchRecord,
} from "../../../server/domain/identity/match-record.ts";
import { type PhoneKey, parsePhone } from "../../../server/domain/identity/phone.ts";

export const EMAIL = "ana@example.com";
export const OTHER_EMAIL = "bob@example.test";
export const PHONE = "+12025550123";
export const OTHER_PHONE = "+12025550199";

/** A record; `id` alone makes a contact that has neither key nor name. */
export function candidate(externalId: string, about: Partial<MatchCandidate> = {}): MatchCandidate {
  return { object: "contact", externalId, firstName: null, lastName: null, emails: [], phones: [], ...about };
}

export function emailKey(raw: string): EmailKey {
  const key = parseEmail(raw);
  if (!key) throw new Error(`${raw} is no email.`);
  return key;
}

export function phoneKey(raw: string): PhoneKey {
  const key = parsePhone(raw, []);
  if (!key) throw new Error(`${raw} is no phone number.`);
  return key;
}

/** Ana Demo with an email and a phone, looked up email first among contacts and leads; whatever is named differs. */
export function lookUp(
  candidates: readonly MatchCandidate[],
  about: Partial<Omit<MatchInput<MatchCandidate>, "candidates" | "email" | "phone">> & {
    email?: string | null;
    phone?: string | null;
  } = {},
): Match<MatchCandidate> {
  const { email = EMAIL, phone = PHONE, ...rest } = about;
  return matchRecord({
    name: { firstName: "Ana", lastName: "Demo" },
    shared: { email: false, phone: false },
    order: "email_first",
    objects: ["contact", "lead"],
    countries: ["US"],
    ...rest,
    email: email === null ? null : emailKey(email),
    phone: phone === null ? null : phoneKey(phone),
    candidates,
  });
}

/** A match in one line: `one A by email`, `one A by email, also B`, `several_by_email: A B`, `none`. */
export function inShort(match: Match<MatchCandidate>): string {
  if (match.kind === "none") return "none";
  if (match.kind === "ambiguous") {
    return [`${match.why}:`, ...match.candidates.map((one) => one.candidate.externalId)].join(" ");
  }
  const also = match.alsoHeldBy.map(({ externalId }) => externalId).sort();
  return `one ${match.candidate.externalId} by ${match.by}${also.length > 0 ? `, also ${also.join(" ")}` : ""}`;
}
