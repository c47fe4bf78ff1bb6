import type { LookupOrder } from "@rolodesk/shared/import-run";
import type { EmailKey } from "../../domain/identity/email.ts";
import { AMBIGUITY_WORDS, type MatchCandidate, matchRecord } from "../../domain/identity/match-record.ts";
import { namesAgree } from "../../domain/identity/name.ts";
import type { PhoneKey } from "../../domain/identity/phone.ts";
import { isRoleAddress, SHARED_FROM_CONTACTS } from "../../domain/identity/role-address.ts";
import type { IncomingRecord } from "./incoming-record.ts";
import { keysOf, type PeopleBook } from "./people-book.ts";

export type IncomingMatch =
  | {
      readonly kind: "one";
      readonly contactId: string;
      readonly by: "email" | "phone";
      readonly reason: string;
    }
  | { readonly kind: "unclear"; readonly reason: string }
  | { readonly kind: "none" };

/**
 * Whose record this is, by the rule that finds records for our contacts, turned round. Its further emails and numbers count
 * where the primary ones found nobody. A number that somebody else in the same CRM has (a switchboard, a family) does
 * not stand in the way of a person with an email of their own.
 */
export function matchIncoming(book: PeopleBook, incoming: IncomingRecord, order: LookupOrder): IncomingMatch {
  const candidates = book.candidates(keysOf(incoming)).filter((one) => !isSomebodyElse(book, incoming, one));
  const [email = null, ...otherEmails] = incoming.emails;
  const [phone = null, ...otherPhones] = incoming.phones;
  const attempts: [EmailKey | null, PhoneKey | null][] = [
    [email, phone],
    ...otherEmails.map((one): [EmailKey, null] => [one, null]),
    ...otherPhones.map((one): [null, PhoneKey] => [null, one]),
  ];
  for (const [one, other] of attempts) {
    const match = matchBy(book, incoming, { email: one, phone: other, order, candidates });
    if (match.kind !== "none") return match;
  }
  return { kind: "none" };
}

interface Attempt {
  readonly email: EmailKey | null;
  readonly phone: PhoneKey | null;
  readonly order: LookupOrder;
  readonly candidates: readonly MatchCandidate[];
}

function matchBy(book: PeopleBook, { name }: IncomingRecord, attempt: Attempt): IncomingMatch {
  const { email, order, candidates } = attempt;
  const sharedEmail = email !== null && (isRoleAddress(email.norm) || isShared(book, "email", email.norm));
  const sharedPhone = attempt.phone !== null && isShared(book, "phone", attempt.phone.norm);
  // an address of one's own says more than a number of many
  const phone = sharedPhone && email !== null && !sharedEmail ? null : attempt.phone;
  const match = matchRecord({
    email,
    phone,
    name,
    shared: { email: sharedEmail, phone: sharedPhone },
    order,
    objects: ["contact"],
    countries: [],
    candidates,
  });
  if (match.kind === "none") return match;
  if (match.kind === "ambiguous") return { kind: "unclear", reason: OUR_WORDS[match.why] };
  const key = match.by === "email" ? email?.value : phone?.value;
  return { kind: "one", contactId: match.candidate.externalId, by: match.by, reason: `Matched by ${match.by} ${key}.` };
}

const OUR_WORDS: typeof AMBIGUITY_WORDS = {
  ...AMBIGUITY_WORDS,
  several_by_email: "Several contacts here have this email.",
  several_by_phone: "Several contacts here have this phone number.",
  other_person_by_phone: "The contact with this phone number has another email and another name.",
};

function isShared(book: PeopleBook, kind: "email" | "phone", norm: string): boolean {
  return book.holdersOf({ kind, norm }).size >= SHARED_FROM_CONTACTS;
}

/** The CRM has another record for this contact, and only the number is the same. */
function isSomebodyElse(book: PeopleBook, { emails, name }: IncomingRecord, candidate: MatchCandidate): boolean {
  if (emails.length === 0 || !book.linkOfContact(candidate.externalId)) return false;
  return !emails.some(({ norm }) => candidate.emails.includes(norm)) && !namesAgree(candidate, name);
}
