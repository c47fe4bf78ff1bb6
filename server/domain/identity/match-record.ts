import type { EmailKey } from "./email.ts";
import { emailNorm } from "./email.ts";
import { fullName, namesAgree, type PersonName } from "./name.ts";
import { type PhoneKey, phoneNorm } from "./phone.ts";

/** Somebody a person may turn out to be: a CRM's record, or one of our contacts. */
export interface MatchCandidate extends PersonName {
  readonly object: string;
  readonly externalId: string;
  readonly emails: readonly string[];
  readonly phones: readonly string[];
}

export interface MatchInput<C extends MatchCandidate> {
  readonly email: EmailKey | null;
  readonly phone: PhoneKey | null;
  readonly name: PersonName;
  /** Keys that belong to a desk, are blocked, or sit on several of our contacts. */
  readonly shared: { readonly email: boolean; readonly phone: boolean };
  readonly order: "email_first" | "phone_first";
  /** Kinds of record in the order they win: a contact before a lead. */
  readonly objects: readonly string[];
  /** For numbers on candidates that are written without a country. */
  readonly countries: readonly (string | null)[];
  /** What a search brought, false hits included. */
  readonly candidates: readonly C[];
}

export type Match<C extends MatchCandidate> =
  | {
      readonly kind: "one";
      readonly candidate: C;
      readonly by: "email" | "phone";
      /** Others that carry the key that did not decide: perhaps the same person. That key must not be written. */
      readonly alsoHeldBy: readonly C[];
    }
  | { readonly kind: "ambiguous"; readonly candidates: readonly ReasonedCandidate<C>[]; readonly why: AmbiguityReason }
  | { readonly kind: "none" };

type AmbiguityReason = "several_by_email" | "several_by_phone" | "other_person_by_phone" | "shared_key";

export interface ReasonedCandidate<C extends MatchCandidate> {
  readonly candidate: C;
  readonly has: readonly ("email" | "phone")[];
}

/**
 * Who this is among the candidates (sync rules, 1). Pure; never takes "the first one": several for one key are ambiguous, in an
 * order that is the same for everyone.
 */
export function matchRecord<C extends MatchCandidate>(found: MatchInput<C>): Match<C> {
  const input = { ...found, candidates: eachOnce(found.candidates) };
  const hits = { email: hitsBy("email", input), phone: hitsBy("phone", input) };
  const keys = input.order === "email_first" ? (["email", "phone"] as const) : (["phone", "email"] as const);
  const usable = keys.filter((key) => input[key] !== null && !input.shared[key]);

  for (const key of usable) {
    const found = preferObject(hits[key], input.objects);
    if (found.length > 1) return ambiguous(input, hits, key === "email" ? "several_by_email" : "several_by_phone");
    const [only] = found;
    if (!only) continue;
    if (key === "phone" && isAnotherPerson(only, input)) return ambiguous(input, hits, "other_person_by_phone");
    const other = key === "email" ? "phone" : "email";
    const alsoHeldBy = hits[other].filter((held) => !hits[key].includes(held));
    return { kind: "one", candidate: only, by: key, alsoHeldBy };
  }

  const sharedKeyGiven = keys.some((key) => input[key] !== null && input.shared[key]);
  if (sharedKeyGiven && (usable.length === 0 || keys.some((key) => input.shared[key] && hits[key].length > 0))) {
    return ambiguous(input, hits, "shared_key");
  }
  return { kind: "none" };
}

/** One record found by both keys is one record. */
function eachOnce<C extends MatchCandidate>(candidates: readonly C[]): C[] {
  const byRef = new Map(candidates.map((candidate) => [`${candidate.object}:${candidate.externalId}`, candidate]));
  return [...byRef.values()];
}

/** A phone can be a family's or a switchboard's: another email and no agreeing name say so. */
function isAnotherPerson<C extends MatchCandidate>(candidate: C, { email, name }: MatchInput<C>): boolean {
  const emails = candidate.emails.filter((held) => held.trim() !== "");
  if (!email || emails.length === 0) return false;
  if (emails.some((held) => emailNorm(held) === email.norm)) return false;
  return !namesAgree(candidate, name);
}

function hitsBy<C extends MatchCandidate>(key: "email" | "phone", input: MatchInput<C>): C[] {
  const { email, phone, candidates, countries } = input;
  if (key === "email") {
    if (!email) return [];
    return candidates.filter((candidate) => candidate.emails.some((held) => emailNorm(held) === email.norm));
  }
  if (!phone) return [];
  return candidates.filter((candidate) => candidate.phones.some((held) => phoneNorm(held, countries) === phone.norm));
}

function preferObject<C extends MatchCandidate>(hits: readonly C[], objects: readonly string[]): readonly C[] {
  for (const object of objects) {
    const ofObject = hits.filter((hit) => hit.object === object);
    if (ofObject.length > 0) return ofObject;
  }
  return [];
}

function ambiguous<C extends MatchCandidate>(
  { objects }: MatchInput<C>,
  hits: { email: readonly C[]; phone: readonly C[] },
  why: AmbiguityReason,
): Match<C> {
  const candidates = [...new Set([...hits.email, ...hits.phone])]
    .map((candidate) => ({
      candidate,
      has: (["email", "phone"] as const).filter((key) => hits[key].includes(candidate)),
    }))
    .sort(
      (a, b) =>
        b.has.length - a.has.length ||
        Number(b.has[0] === "email") - Number(a.has[0] === "email") ||
        objects.indexOf(a.candidate.object) - objects.indexOf(b.candidate.object) ||
        compareIds(a.candidate.externalId, b.candidate.externalId),
    );
  return { kind: "ambiguous", candidates, why };
}

function compareIds(a: string, b: string): number {
  return a.length - b.length || (a < b ? -1 : a > b ? 1 : 0);
}

/** "Ana Demo has the email ana@example.com and the phone +12025550123." */
export function describeCandidate<C extends MatchCandidate>(
  { candidate, has }: ReasonedCandidate<C>,
  { email, phone }: { email: EmailKey | null; phone: PhoneKey | null },
): string {
  const held = has.map((key) => (key === "email" ? `the email ${email?.value}` : `the phone ${phone?.e164}`));
  const differs =
    email && !has.includes("email") && candidate.emails.length > 0
      ? `, but another email (${candidate.emails[0]})`
      : "";
  const who = fullName(candidate) ?? "This record";
  if (held.length === 0) return `${who} shows neither key to us, but the CRM found it by one of them.`;
  return `${who} has ${held.join(" and ")}${differs}.`;
}

export const AMBIGUITY_WORDS: Record<AmbiguityReason, string> = {
  several_by_email: "Several records have this email.",
  several_by_phone: "Several records have this phone number.",
  other_person_by_phone: "The record with this phone number has another email and another name.",
  shared_key: "This email or phone number belongs to a desk or to several people, so it cannot tell who this is.",
};
