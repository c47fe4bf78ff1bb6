import { GhlApiError } from "./api-error.ts";
import { isTextList, objectOf } from "./contact-body.ts";
import { fullNameOf } from "./contact-shapes.ts";
import { storedPhone } from "./normal-form.ts";
import type { StoredContact } from "./state.ts";

type Predicate = (contact: StoredContact) => boolean;

const MAX_VALUE_CHARS = 75;
const OPERATORS = ["eq", "not_eq", "contains", "not_contains", "exists", "not_exists", "range"];

/** Fields that can be filtered, and what they hold. A list answers when one of its members does. */
const FIELDS: Readonly<Record<string, (contact: StoredContact) => readonly (string | undefined)[]>> = {
  id: (contact) => [contact.id],
  contactName: (contact) => [fullNameOf(contact)],
  firstNameLowerCase: ({ values }) => [values.firstName],
  lastNameLowerCase: ({ values }) => [values.lastName],
  email: ({ values }) => [values.email],
  phone: ({ values }) => [values.phone],
  address: ({ values }) => [values.address1],
  city: ({ values }) => [values.city],
  state: ({ values }) => [values.state],
  country: ({ values }) => [values.country],
  postalCode: ({ values }) => [values.postalCode],
  companyName: ({ values }) => [values.companyName],
  source: ({ values }) => [values.source],
  assignedTo: ({ values }) => [values.assignedTo],
  dnd: (contact) => [String(contact.dnd ?? false)],
  tags: (contact) => contact.tags,
};

/** The filters of a search as one question; the top level is AND. Dates are read in the location's time zone. */
export function readFilters(filters: unknown, timezone: string): Predicate {
  if (filters === undefined) return () => true;
  if (!Array.isArray(filters)) throw new GhlApiError(422, ["filters must be an array"]);
  return every(filters.map((filter) => readFilter(filter, timezone)));
}

function readFilter(json: unknown, timezone: string): Predicate {
  const { group, filters, field, operator, value } = objectOf(json);
  if (group !== undefined) {
    if (group !== "AND" && group !== "OR") throw new GhlApiError(400, "Invalid group");
    if (!Array.isArray(filters)) throw new GhlApiError(422, ["filters must be an array"]);
    const parts = filters.map((filter) => readFilter(filter, timezone));
    return group === "AND" ? every(parts) : (contact) => parts.some((part) => part(contact));
  }
  if (typeof field !== "string") throw new GhlApiError(400, "Invalid field");
  if (typeof operator !== "string" || !OPERATORS.includes(operator)) throw new GhlApiError(400, "Invalid operator");
  if (field === "dateAdded" || field === "dateUpdated") return dateFilter(field, operator, value, timezone);
  return textFilter(field, operator, value);
}

function textFilter(field: string, operator: string, value: unknown): Predicate {
  const read = FIELDS[field] ?? customField(field);
  if (!read) throw new GhlApiError(400, `Invalid field: ${field}`);
  if (field === "email" && operator.endsWith("contains")) throw new GhlApiError(400, "Invalid operator for email");
  const present = (contact: StoredContact) => read(contact).some((one) => one !== undefined && one !== "");
  if (operator === "exists") return present;
  if (operator === "not_exists") return (contact) => !present(contact);
  const wanted = wantedTexts(value).map((one) => (field === "phone" ? storedPhone(one) : one.toLowerCase()));
  const holds = operator.endsWith("contains")
    ? (held: string) => wanted.some((one) => held.includes(one))
    : (held: string) => wanted.includes(held);
  const answers: Predicate = (contact) => read(contact).some((one) => one !== undefined && holds(one.toLowerCase()));
  return operator.startsWith("not_") ? (contact) => !answers(contact) : answers;
}

/** `customFields.<id>`; a field's display name finds nothing. */
function customField(field: string) {
  if (!field.startsWith("customFields.")) return undefined;
  const id = field.slice("customFields.".length);
  return (contact: StoredContact) =>
    contact.customFields
      .filter((one) => one.id === id)
      .flatMap(({ value }) => (isTextList(value) ? value : [String(value)]));
}

function wantedTexts(value: unknown): string[] {
  const texts = isTextList(value) ? value : [String(value ?? "")];
  if (texts.some((text) => text.length > MAX_VALUE_CHARS)) {
    throw new GhlApiError(400, `value must be shorter than or equal to ${MAX_VALUE_CHARS} characters`);
  }
  return texts;
}

function dateFilter(field: "dateAdded" | "dateUpdated", operator: string, value: unknown, timezone: string): Predicate {
  if (operator !== "range") throw new GhlApiError(400, `Invalid operator for ${field}`);
  const { gte, lte } = objectOf(value);
  const from = gte === undefined ? Number.NEGATIVE_INFINITY : wallClock(gte, timezone);
  const to = lte === undefined ? Number.POSITIVE_INFINITY : wallClock(lte, timezone);
  return (contact) => {
    const at = Date.parse(contact[field]);
    return from <= at && at <= to;
  };
}

/** A date text is what the clock on the location's wall shows, even when it ends in Z; a number is epoch ms. */
function wallClock(value: unknown, timezone: string): number {
  if (typeof value === "number") return value;
  const asUtc = Date.parse(`${String(value).replace(/Z$/, "")}${String(value).includes("T") ? "Z" : ""}`);
  if (Number.isNaN(asUtc)) throw new GhlApiError(400, "Invalid date");
  const shown = new Date(asUtc).toLocaleString("sv-SE", { timeZone: timezone }).replace(" ", "T");
  return asUtc - (Date.parse(`${shown}Z`) - Math.floor(asUtc / 1000) * 1000);
}

function every(parts: readonly Predicate[]): Predicate {
  return (contact) => parts.every((part) => part(contact));
}
