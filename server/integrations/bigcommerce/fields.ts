import type { CrmRecord, FieldDescription, FieldValue, Values } from "../../domain/connector.ts";
import { ConnectorError } from "../../domain/connector-error.ts";
import {
  attributeProperty,
  formFieldProperty,
  readProperty,
  refuseUnknown,
  type StandardProperty,
} from "./properties.ts";
import type { Attribute, Customer, FormFieldValue } from "./schema.ts";

/** BigCommerce creates no customer without these, and does not let them be emptied. */
export const REQUIRED_PROPERTIES: readonly StandardProperty[] = ["email", "first_name", "last_name"];

const ATTRIBUTE_MAX_LENGTH = 255;

type StandardField = readonly [StandardProperty, string, FieldDescription["type"], maxLength: number | null];

const STANDARD: readonly StandardField[] = [
  ["first_name", "First name", "text", 100],
  ["last_name", "Last name", "text", 100],
  ["email", "Email", "email", 250],
  ["phone", "Phone", "phone", 50],
  ["company", "Company", "text", 255],
  ["notes", "Notes", "text", null],
];

const ATTRIBUTE_TYPES: Readonly<Record<string, FieldDescription["type"]>> = {
  string: "text",
  number: "number",
  date: "date",
};

export function describeStandardFields(): FieldDescription[] {
  return STANDARD.map(([property, label, type, maxLength]) => ({
    property,
    label,
    type,
    maxLength,
    required: REQUIRED_PROPERTIES.includes(property),
    writable: true,
    custom: false,
    options: [],
  }));
}

export function describeAttribute({ id, name, type }: Attribute): FieldDescription {
  return custom(attributeProperty(id), name, ATTRIBUTE_TYPES[type] ?? "other", ATTRIBUTE_MAX_LENGTH);
}

/** One description per form field that some customer has filled in: definitions are not in the API. */
export function describeFormFields(values: readonly FormFieldValue[]): FieldDescription[] {
  const ofCustomers = values.filter(({ customer_id }) => typeof customer_id === "number");
  const byName = new Map(ofCustomers.map(({ name, value }) => [name, value]));
  return [...byName].map(([name, value]) => custom(formFieldProperty(name), name, typeOf(value), null));
}

/** The body of a create. Throws `invalid_field`, before any call, when something that BigCommerce requires is missing. */
export function toCreateBody(values: Values): Record<string, unknown> {
  const given = Object.fromEntries(Object.entries(values).filter(([, value]) => textOf(value) !== ""));
  const missing = REQUIRED_PROPERTIES.filter((property) => !(property in given));
  if (missing.length > 0) {
    const words = `BigCommerce creates a customer only with email, first and last name; missing: ${missing.join(", ")}.`;
    throw new ConnectorError("invalid_field", words, { properties: missing });
  }
  const { customer, attributes } = splitValues(given);
  return {
    ...customer,
    ...(attributes.length > 0 && {
      attributes: attributes.map(({ id, value }) => ({ attribute_id: id, attribute_value: value })),
    }),
    // otherwise the store may write to the shopper
    trigger_account_created_notification: false,
  };
}

export interface CustomerUpdate {
  /** The body of the customer's update without its id; null when only attributes change. */
  readonly customer: Record<string, unknown> | null;
  readonly attributes: readonly { readonly id: number; readonly value: string }[];
  readonly writesFormFields: boolean;
}

/** What an update sends, by the two calls it takes. Clearing what BigCommerce requires is refused before any call. */
export function toUpdate(changes: Values): CustomerUpdate {
  const cleared = REQUIRED_PROPERTIES.filter((name) => name in changes && textOf(changes[name] ?? null) === "");
  if (cleared.length > 0) {
    throw new ConnectorError("invalid_field", `BigCommerce does not let ${cleared.join(", ")} be empty.`, {
      properties: cleared,
    });
  }
  const { customer, attributes } = splitValues(changes);
  const isEmpty = Object.keys(customer).length === 0;
  return { customer: isEmpty ? null : customer, attributes, writesFormFields: "form_fields" in customer };
}

export function toCrmRecord(customer: Customer, properties: readonly string[]): CrmRecord {
  return {
    object: "customer",
    externalId: String(customer.id),
    version: null,
    values: Object.fromEntries(properties.map((property) => [property, customerValue(customer, property)])),
    emails: customer.email ? [customer.email] : [],
    phones: customer.phone ? [customer.phone] : [],
    firstName: customer.first_name || null,
    lastName: customer.last_name || null,
    state: "open",
    updatedAt: customer.date_modified ?? null,
  };
}

function splitValues(values: Values) {
  refuseUnknown(Object.keys(values));
  const customer: Record<string, unknown> = {};
  const attributes: { id: number; value: string }[] = [];
  const formFields: { name: string; value: string | number | readonly string[] }[] = [];
  for (const [name, value] of Object.entries(values)) {
    const property = readProperty(name);
    if (property?.kind === "standard") customer[property.name] = textOf(value);
    if (property?.kind === "attribute") attributes.push({ id: property.id, value: textOf(value) });
    if (property?.kind === "formField") {
      formFields.push({
        name: property.name,
        value: value === null || typeof value === "boolean" ? textOf(value) : value,
      });
    }
  }
  if (formFields.length > 0) customer.form_fields = formFields;
  return { customer, attributes };
}

function customerValue(customer: Customer, name: string): FieldValue {
  const property = readProperty(name);
  switch (property?.kind) {
    case "standard":
      return customer[property.name] || null;
    case "attribute":
      return customer.attributes?.find(({ attribute_id }) => attribute_id === property.id)?.attribute_value || null;
    case "formField":
      return contentOf(customer.form_fields?.find((field) => field.name === property.name)?.value);
    case undefined:
      return null;
  }
}

function contentOf(value: unknown): FieldValue {
  if (typeof value === "number" || typeof value === "boolean") return value;
  if (Array.isArray(value)) return value.length === 0 ? null : value.map(String);
  return typeof value === "string" && value !== "" ? value : null;
}

function textOf(value: FieldValue): string {
  if (value === null) return "";
  return Array.isArray(value) ? value.join(", ") : String(value);
}

function typeOf(value: unknown): FieldDescription["type"] {
  if (Array.isArray(value)) return "options";
  return typeof value === "number" ? "number" : "text";
}

function custom(
  property: string,
  label: string,
  type: FieldDescription["type"],
  maxLength: number | null,
): FieldDescription {
  return { property, label, type, maxLength, required: false, writable: type !== "other", custom: true, options: [] };
}
