import type { CrmRecord, FieldDescription, FieldValue, Values } from "../../domain/connector.ts";
import { ConnectorError } from "../../domain/connector-error.ts";
import { doNotContactOf } from "./do-not-contact.ts";
import type { Contact, CustomField } from "./schema.ts";

/** Custom fields are named by id, which outlives a renaming: `customField:6dvNaf7VhkQ9snc5vnjJ`. */
const CUSTOM_PREFIX = "customField:";

type StandardField = readonly [property: string, label: string, type: FieldDescription["type"]];

/**
 * Standard fields we read and write. Tags and do-not-disturb are left out on purpose: a write replaces all tags, and
 * DND is never ours to set.
 */
const STANDARD: readonly StandardField[] = [
  ["firstName", "First name", "text"],
  ["lastName", "Last name", "text"],
  ["email", "Email", "email"],
  ["phone", "Phone", "phone"],
  ["companyName", "Business name", "text"],
  ["address1", "Street address", "text"],
  ["city", "City", "text"],
  ["state", "State", "text"],
  ["postalCode", "Postal code", "text"],
  ["country", "Country (two letters)", "text"],
  ["website", "Website", "text"],
  ["timezone", "Time zone", "text"],
  ["dateOfBirth", "Date of birth", "date"],
  ["source", "Contact source", "text"],
];
const STANDARD_NAMES: ReadonlySet<string> = new Set(STANDARD.map(([property]) => property));

/** Absent from the update's whitelist (HighLevel OpenAPI, UpdateContactDto): a PUT that names it is refused whole. */
const CREATE_ONLY: ReadonlySet<string> = new Set(["companyName"]);

const CUSTOM_TYPES: Readonly<Record<string, FieldDescription["type"]>> = {
  TEXT: "text",
  LARGE_TEXT: "text",
  NUMERICAL: "number",
  MONETORY: "number", // the vendor's spelling
  PHONE: "phone",
  EMAIL: "email",
  DATE: "date",
  SINGLE_OPTIONS: "option",
  RADIO: "option",
  MULTIPLE_OPTIONS: "options",
  CHECKBOX: "options",
};

export function describeStandardFields(): FieldDescription[] {
  return STANDARD.map(([property, label, type]) => ({
    property,
    label,
    type,
    maxLength: null,
    required: false,
    writable: true,
    custom: false,
    options: [],
  }));
}

/** Options are written and read by their label. A type we do not know is shown, but not writable. */
export function describeCustomField(field: CustomField): FieldDescription {
  const type = CUSTOM_TYPES[field.dataType] ?? "other";
  return {
    property: `${CUSTOM_PREFIX}${field.id}`,
    label: field.name,
    type,
    maxLength: null,
    required: false,
    writable: type !== "other",
    custom: true,
    options: (field.picklistOptions ?? []).map((option) => ({ value: option, label: option })),
  };
}

/** The body of a create: blanks are left out. */
export function toCreateBody(values: Values): Record<string, unknown> {
  refuseUnknown(values);
  return toBody(Object.entries(values).filter(([, value]) => !isBlank(value)));
}

/**
 * The body of an update: only what changes, without create-only fields; null when nothing is left to write. Clearing is
 * refused, because HighLevel does not document what a null or an empty text does.
 */
export function toUpdateBody(changes: Values): Record<string, unknown> | null {
  refuseUnknown(changes);
  const blank = Object.keys(changes).filter((property) => isBlank(changes[property]));
  if (blank.length > 0) {
    throw new ConnectorError("invalid_field", `HighLevel's API cannot clear ${blank.join(", ")}.`, {
      properties: blank,
    });
  }
  const writable = Object.entries(changes).filter(([property]) => !CREATE_ONLY.has(property));
  return writable.length === 0 ? null : toBody(writable);
}

export function toCrmRecord(contact: Contact, properties: readonly string[]): CrmRecord {
  return {
    object: "contact",
    externalId: contact.id,
    version: null,
    values: Object.fromEntries(properties.map((property) => [property, contactValue(contact, property)])),
    emails: texts([contact.email, ...(contact.additionalEmails ?? []).map(({ email }) => email)]),
    phones: texts([contact.phone, ...(contact.additionalPhones ?? []).map(({ phone }) => phone)]),
    firstName: textOf(contact.firstName),
    lastName: textOf(contact.lastName),
    state: "open",
    updatedAt: contact.dateUpdated ?? null,
    tags: (contact.tags ?? []).map((tag) => tag.toLowerCase()),
    doNotContact: doNotContactOf(contact),
  };
}

function toBody(entries: readonly (readonly [string, FieldValue])[]): Record<string, unknown> {
  const body: Record<string, unknown> = {};
  const customFields: { id: string; field_value: FieldValue }[] = [];
  for (const [property, value] of entries) {
    const id = customIdOf(property);
    // written as `field_value`, read back as `value`
    if (id) customFields.push({ id, field_value: value });
    else body[property] = value;
  }
  return customFields.length > 0 ? { ...body, customFields } : body;
}

function refuseUnknown(values: Values): void {
  const properties = Object.keys(values).filter((name) => !STANDARD_NAMES.has(name) && !customIdOf(name));
  if (properties.length === 0) return;
  throw new ConnectorError("invalid_field", `HighLevel has no field ${properties.join(", ")}.`, { properties });
}

function contactValue(contact: Contact, property: string): FieldValue {
  const customId = customIdOf(property);
  if (customId) return fieldValueOf(contact.customFields?.find((field) => field.id === customId)?.value);
  // search rows call the street address by another name
  if (property === "address1") return fieldValueOf(contact.address1 ?? contact.address);
  const value = fieldValueOf(contact[property]);
  return property === "dateOfBirth" && typeof value === "string" ? value.replace(/T.*$/, "") : value;
}

function fieldValueOf(value: unknown): FieldValue {
  if (typeof value === "number" || typeof value === "boolean") return value;
  if (typeof value === "string") return value === "" ? null : value;
  if (Array.isArray(value)) return value.length === 0 ? null : value.map(String);
  return value === null || value === undefined ? null : JSON.stringify(value);
}

function customIdOf(property: string): string | null {
  return property.startsWith(CUSTOM_PREFIX) ? property.slice(CUSTOM_PREFIX.length) : null;
}

function isBlank(value: FieldValue | undefined): boolean {
  if (typeof value === "string") return value.trim() === "";
  return value === null || value === undefined || (Array.isArray(value) && value.length === 0);
}

function texts(values: readonly (string | null | undefined)[]): string[] {
  return [...new Set(values.filter((value) => typeof value === "string" && value !== ""))].map(String);
}

function textOf(value: string | null | undefined): string | null {
  return value || null;
}
