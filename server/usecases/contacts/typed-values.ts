import type { ChangeContact } from "@rolodesk/shared/contact";
import { CORE_FIELDS, type CoreField } from "@rolodesk/shared/vocabulary";
import { cleanText } from "../../domain/contacts/clean-text.ts";
import { type ContactKeys, contactKeys } from "../../domain/contacts/contact-keys.ts";
import { DomainError } from "../../domain/domain-error.ts";

/** What an agent typed, as it is stored. */
export interface TypedValues {
  /** Fields that were given; null: emptied. */
  readonly values: Partial<Record<CoreField, string | null>>;
  readonly keys: ContactKeys;
}

type Typed = Pick<ChangeContact, CoreField | "country">;

/** Reads typed values; throws `bad_request` for an email or a phone number that is none. */
export function readTyped(typed: Typed, siteCountries: readonly string[]): TypedValues {
  const keys = contactKeys(typed, typed.country ? [typed.country] : siteCountries);
  if (typed.email && !keys.email) throw unreadable("email", "This is not an email address.");
  if (typed.phone && !keys.phone) {
    throw unreadable("phone", "This is not a phone number. Begin it with + and the code of its country.");
  }
  const values: TypedValues["values"] = {};
  for (const field of CORE_FIELDS) {
    const value = typed[field];
    if (value === undefined) continue;
    values[field] = value === null ? null : cleanText(value) || null;
  }
  if (keys.email) values.email = keys.email.norm;
  if (keys.phone) values.phone = keys.phone.norm;
  return { values, keys };
}

function unreadable(field: string, message: string): DomainError {
  return new DomainError("bad_request", message, { [field]: message });
}
