import type { CrmRecord, FieldValue, Values } from "../../domain/connector.ts";
import type { Contact } from "./schema.ts";

const EMAIL = ["email", "hs_additional_emails"] as const;
const PHONE = ["phone", "mobilephone"] as const;
const IDENTITY = ["firstname", "lastname", ...EMAIL, ...PHONE];

/** "Unsubscribed from all email." */
const EMAIL_OPT_OUT = "hs_email_optout";

/** What to ask HubSpot for: the requested properties, and those that tell who it is. */
export function withIdentity(properties: readonly string[]): string[] {
  return [...new Set([...properties, ...IDENTITY])];
}

/** The same, and whether the person may be written to. */
export function withContactability(properties: readonly string[]): string[] {
  return [...new Set([...withIdentity(properties), EMAIL_OPT_OUT])];
}

export function toRecord(contact: Contact, properties: readonly string[]): CrmRecord {
  const held = new Map(Object.entries(contact.properties));
  const value = (name: string) => held.get(name) || null;
  return {
    object: "contact",
    externalId: contact.id,
    version: null,
    values: Object.fromEntries(properties.map((name) => [name, value(name)])),
    emails: unique(EMAIL.flatMap((name) => value(name)?.split(";") ?? [])),
    phones: unique(PHONE.flatMap((name) => value(name) ?? [])),
    firstName: value("firstname"),
    lastName: value("lastname"),
    state: "open",
    updatedAt: contact.updatedAt ?? null,
    doNotContact: value(EMAIL_OPT_OUT) === "true" ? ["email"] : [],
  };
}

/** HubSpot, properties guide: everything is text, several options are joined by `;`, an empty text clears. */
export function toProperties(values: Values): Record<string, string> {
  return Object.fromEntries(Object.entries(values).map(([name, value]) => [name, textOf(value)]));
}

/** Whether a text can be the id of a record: nothing else goes into a path. */
export function isId(text: string): boolean {
  return /^\d{1,30}$/.test(text);
}

function textOf(value: FieldValue): string {
  if (value === null) return "";
  return typeof value === "object" ? value.join(";") : String(value);
}

function unique(values: readonly string[]): string[] {
  return [...new Set(values.map((value) => value.trim()).filter(Boolean))];
}
