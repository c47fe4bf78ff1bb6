import { GhlApiError } from "./api-error.ts";
import type { ContactBook } from "./contact-book.ts";
import { fullNameOf } from "./contact-shapes.ts";
import type { GhlLocation, StoredContact, UniqueIdentifier } from "./state.ts";

type Identifiers = Partial<Record<UniqueIdentifier, string | null>>;

export interface Duplicate {
  readonly contact: StoredContact;
  readonly matchingField: UniqueIdentifier;
}

/** The contact that the location's unique identifiers lead to, in their order. Other identifiers are not looked at. */
export function findDuplicate(book: ContactBook, location: GhlLocation, given: Identifiers): Duplicate | undefined {
  for (const matchingField of location.contactUniqueIdentifiers) {
    const value = given[matchingField];
    const contact = value ? book.byIdentifier(matchingField, value) : undefined;
    if (contact) return { contact, matchingField };
  }
  return undefined;
}

/** What `GET /contacts/search/duplicate` answers with: where duplicates are allowed, email goes before phone. */
export function lookUpDuplicate(book: ContactBook, location: GhlLocation, given: Identifiers): Duplicate | undefined {
  if (!location.allowDuplicateContact) return findDuplicate(book, location, given);
  return findDuplicate(book, { ...location, contactUniqueIdentifiers: ["email", "phone"] }, given);
}

export function duplicateRefused({ contact, matchingField }: Duplicate): GhlApiError {
  return new GhlApiError(400, "This location does not allow duplicated contacts.", {
    meta: { contactId: contact.id, contactName: fullNameOf(contact), matchingField },
  });
}
