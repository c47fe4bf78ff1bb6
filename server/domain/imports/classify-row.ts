import type { RowClass } from "@rolodesk/shared/vocabulary";
import type { RowNote } from "./read-row.ts";

/** One of our contacts that has a key of a row. */
export interface ContactHit {
  readonly contactId: string;
  readonly byEmail: boolean;
  readonly byPhone: boolean;
  /** Its name, for words. */
  readonly name: string | null;
  /** It has an email, and not the row's. */
  readonly hasOtherEmail: boolean;
  /** Of one with another email: whether the names can be one person's. */
  readonly nameAgrees: boolean;
}

/** An earlier row of the same file with a key of this one. */
export interface EarlierRow {
  readonly line: number;
  readonly byEmail: boolean;
  readonly hasOtherEmail: boolean;
  readonly nameAgrees: boolean;
}

export interface Classified {
  readonly class: Exclude<RowClass, "invalid">;
  readonly contactId: string | null;
  readonly duplicateOf: number | null;
  readonly notes: readonly RowNote[];
}

interface ClassifyInput {
  readonly hasEmail: boolean;
  readonly hasPhone: boolean;
  /** Keys of a desk or of several people: they tell nobody apart. */
  readonly shared: { readonly email: boolean; readonly phone: boolean };
  readonly hits: readonly ContactHit[];
  /** The first such row; null when there is none. */
  readonly earlier: EarlierRow | null;
}

/**
 * Whom a valid row is about, by the rule that finds records in a CRM (sync rules, "Who this is"): an email decides before a
 * phone number, several are never chosen between, and a number alone does not join people of other emails and names.
 */
export function classifyRow(input: ClassifyInput): Classified {
  const { shared, hits, earlier } = input;
  const keys = { email: input.hasEmail && !shared.email, phone: input.hasPhone && !shared.phone };
  const byEmail = hits.filter((hit) => hit.byEmail);
  const byPhone = hits.filter((hit) => hit.byPhone);

  if (earlier && isSamePerson(earlier, keys)) {
    const words = `Row ${earlier.line} of this file has the same ${earlier.byEmail ? "email" : "phone number"}.`;
    return { class: "duplicate", contactId: null, duplicateOf: earlier.line, notes: [{ field: null, words }] };
  }
  if (keys.email && byEmail.length > 1) return ambiguous("Several contacts have this email.", "email");
  const [one] = byEmail;
  if (keys.email && one) return matched(one, "email", byPhone);

  if (keys.phone && byPhone.length > 1) return ambiguous("Several contacts have this phone number.", "phone");
  const [other] = byPhone;
  if (keys.phone && other) {
    if (!input.hasEmail || !other.hasOtherEmail || other.nameAgrees) return matched(other, "phone", []);
    return ambiguous(
      `${other.name ?? "A contact"} has this phone number, but another email and another name.`,
      "phone",
    );
  }
  if (keys.phone && earlier && !earlier.byEmail) {
    return ambiguous(`Row ${earlier.line} has this phone number too, with another email and another name.`, "phone");
  }
  return whenNobody(input, keys);
}

function isSamePerson(earlier: EarlierRow, keys: { email: boolean; phone: boolean }): boolean {
  if (earlier.byEmail) return keys.email;
  return keys.phone && (!earlier.hasOtherEmail || earlier.nameAgrees);
}

function matched(hit: ContactHit, by: "email" | "phone", byPhone: readonly ContactHit[]): Classified {
  const notes: RowNote[] = [{ field: by, words: `Found by the ${by === "email" ? "email" : "phone number"}.` }];
  const holder = byPhone.find(({ contactId }) => contactId !== hit.contactId);
  if (by === "email" && holder) {
    const words = `${holder.name ?? "Another contact"} has this phone number. They may be one person.`;
    notes.push({ field: "phone", words });
  }
  return { class: "matched", contactId: hit.contactId, duplicateOf: null, notes };
}

function whenNobody({ shared, hits }: ClassifyInput, keys: { email: boolean; phone: boolean }): Classified {
  const sharedHit =
    (shared.email && hits.some((hit) => hit.byEmail)) || (shared.phone && hits.some((hit) => hit.byPhone));
  const onlyShared = !keys.email && !keys.phone;
  if ((shared.email || shared.phone) && (onlyShared || sharedHit)) {
    const words = `This ${shared.email ? "email" : "phone number"} belongs to a desk or to several people, so it cannot tell who this is.`;
    return ambiguous(words, shared.email ? "email" : "phone");
  }
  return { class: "unmatched", contactId: null, duplicateOf: null, notes: [] };
}

function ambiguous(words: string, field: string): Classified {
  return { class: "ambiguous", contactId: null, duplicateOf: null, notes: [{ field, words }] };
}
