import type { Account } from "./account.ts";
import { calculatePhone } from "./phone-numbers.ts";
import { findProperty } from "./property-catalog.ts";
import type { StoredContact, StoredNote } from "./state.ts";

export const DEFAULT_PROPERTIES = ["createdate", "email", "firstname", "hs_object_id", "lastmodifieddate", "lastname"];

/** Every property that has a value: typed in, calculated, and kept by HubSpot itself. */
export function propertiesOf(contact: StoredContact): Record<string, string> {
  return {
    ...contact.values,
    ...calculatedOf(contact),
    createdate: contact.createdAt,
    lastmodifieddate: contact.updatedAt,
    hs_lastmodifieddate: contact.updatedAt,
    hs_object_id: contact.id,
  };
}

function calculatedOf({ values, merged }: StoredContact): Record<string, string> {
  const { phone, mobilephone, email } = values;
  const byPhone = phone === undefined ? undefined : calculatePhone(phone);
  const byMobile = mobilephone === undefined ? undefined : calculatePhone(mobilephone);
  const found = {
    hs_calculated_phone_number: byPhone?.e164,
    hs_calculated_phone_number_country_code: byPhone?.countryCode,
    hs_searchable_calculated_phone_number: byPhone?.searchable,
    hs_calculated_mobile_number: byMobile?.e164,
    hs_searchable_calculated_mobile_number: byMobile?.searchable,
    hs_email_domain: email?.slice(email.lastIndexOf("@") + 1),
    hs_merged_object_ids: merged.map(({ id }) => id).join(";"),
    hs_calculated_merged_vids: merged.map(({ id, at }) => `${id}:${at}`).join(";"),
  };
  return Object.fromEntries(Object.entries(found).filter((entry): entry is [string, string] => Boolean(entry[1])));
}

export interface ReadOptions {
  /** Undefined: HubSpot's default six. */
  readonly properties?: readonly string[];
  readonly withHistory?: readonly string[];
  readonly associations?: readonly string[];
}

/** HubSpot, contacts guide: a requested property without value is null, one that does not exist is left out. */
export function contactToWire(account: Account, contact: StoredContact, options: ReadOptions = {}) {
  const all = propertiesOf(contact);
  const names = new Set([
    ...(options.properties ?? DEFAULT_PROPERTIES),
    "createdate",
    "hs_object_id",
    "lastmodifieddate",
  ]);
  const known = [...names].filter((name) => findProperty(account.state(), name));
  const history = (options.withHistory ?? []).map((name) => [name, contact.history[name] ?? []]);
  return {
    id: contact.id,
    properties: Object.fromEntries(known.map((name) => [name, all[name] ?? null])),
    ...(history.length > 0 && { propertiesWithHistory: Object.fromEntries(history) }),
    ...envelopeOf(contact),
    ...(options.associations?.includes("notes") && associationsOf(account, contact)),
    url: `https://app.hubspot.com/contacts/${account.portalId}/record/0-1/${contact.id}`,
  };
}

/** What a write answers with: the values written, what HubSpot calculates from them, and its own dates. */
export function writtenToWire(contact: StoredContact, written: Readonly<Record<string, string>>) {
  const calculated = calculatedOf(contact);
  const named = Object.keys(written).map((name) => [name, contact.values[name] ?? null]);
  return {
    id: contact.id,
    properties: {
      ...Object.fromEntries(named),
      ...calculated,
      createdate: contact.createdAt,
      hs_object_id: contact.id,
      lastmodifieddate: contact.updatedAt,
    },
    ...envelopeOf(contact),
  };
}

function envelopeOf(contact: StoredContact) {
  return {
    createdAt: contact.createdAt,
    updatedAt: contact.updatedAt,
    archived: contact.archivedAt !== null,
    ...(contact.archivedAt !== null && { archivedAt: contact.archivedAt }),
  };
}

function associationsOf(account: Account, contact: StoredContact) {
  const results = notesOf(account, contact).map(({ id }) => ({ id, type: "contact_to_note" }));
  return results.length > 0 ? { associations: { notes: { results } } } : {};
}

export function notesOf(account: Account, contact: StoredContact): StoredNote[] {
  return Object.values(account.state().notes).filter((note) => note.contactIds.includes(contact.id));
}
