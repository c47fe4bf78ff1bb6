import type { CustomerChanges } from "./customer-book.ts";
import {
  type Address,
  type FormFieldContent,
  type StoredAttribute,
  type StoredAttributeValue,
  type StoredCustomer,
  TEXT_FIELDS,
} from "./state.ts";

/** What a person types in the control panel, where less is checked than in the API. */
interface TypedChanges {
  readonly changes: CustomerChanges;
  /** By attribute id. */
  readonly attributes: readonly (readonly [number, string])[];
  readonly formFields: readonly { readonly name: string; readonly value: FormFieldContent }[];
}

/** `attribute:<id>` and `formField:<name>` stand for those; throws for a field that is not there. */
export function typedChanges(typed: Readonly<Record<string, unknown>>): TypedChanges {
  let changes: CustomerChanges = {};
  const attributes: [number, string][] = [];
  const formFields: { name: string; value: FormFieldContent }[] = [];
  for (const [name, value] of Object.entries(typed)) {
    const [kind, key] = splitAt(name, ":");
    const text = value === null || value === undefined ? "" : String(value);
    if (kind === "attribute") attributes.push([Number(key), text]);
    else if (kind === "formField") formFields.push({ name: key, value: typeof value === "number" ? value : text });
    else changes = { ...changes, ...typedField(name, value, text) };
  }
  return { changes, attributes, formFields };
}

/** A customer as the records page shows it: one line per field that holds something. */
export function shownValues(
  customer: StoredCustomer,
  definitions: readonly StoredAttribute[],
  attributes: readonly StoredAttributeValue[],
): Record<string, unknown> {
  const texts = TEXT_FIELDS.filter((name) => name !== "notes" && customer[name] !== "").map((name) => [
    name,
    customer[name],
  ]);
  const held = attributes
    .filter(({ attribute_id }) => definitions.some(({ id }) => id === attribute_id))
    .map(({ attribute_id, attribute_value }) => [`attribute:${attribute_id}`, attribute_value]);
  return {
    ...Object.fromEntries(texts),
    ...Object.fromEntries(held),
    ...Object.fromEntries(customer.form_fields.map(({ name, value }) => [`formField:${name}`, value])),
    ...(customer.channel_ids && { channel_ids: customer.channel_ids }),
    ...(customer.addresses.length > 0 && { addresses: customer.addresses }),
  };
}

function typedField(name: string, value: unknown, text: string): CustomerChanges {
  const field = TEXT_FIELDS.find((one) => one === name);
  if (field) return { [field]: text };
  if (name === "customer_group_id") return { customer_group_id: Number(text) };
  if (name === "channel_ids" && (value === null || Array.isArray(value))) {
    return { channel_ids: value === null ? null : value.map(Number) };
  }
  if (name === "addresses" && Array.isArray(value)) return { addresses: value.map(typedAddress) };
  throw new Error(`BigCommerce has no field ${name} that holds ${JSON.stringify(value)}.`);
}

function typedAddress(value: unknown, at: number): Address {
  const empty = { first_name: "", last_name: "", phone: "", address1: "", city: "", country_code: "US" };
  return { ...empty, ...(typeof value === "object" ? value : {}), id: at + 1 };
}

function splitAt(text: string, mark: string): [before: string, after: string] {
  const at = text.indexOf(mark);
  return at < 0 ? [text, ""] : [text.slice(0, at), text.slice(at + 1)];
}
