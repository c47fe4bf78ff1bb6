import { ConnectorError } from "../../domain/connector-error.ts";

/** Attributes go by id, which outlives a renaming: `attribute:12`. Form fields have no id: `formField:Shoe size`. */
const ATTRIBUTE = "attribute:";
const FORM_FIELD = "formField:";

/** Customer group and channels are left out on purpose: the one sets prices, the other decides where a shopper may sign in. */
const STANDARD_PROPERTIES = ["first_name", "last_name", "email", "phone", "company", "notes"] as const;
export type StandardProperty = (typeof STANDARD_PROPERTIES)[number];

export type Property =
  | { readonly kind: "standard"; readonly name: StandardProperty }
  | { readonly kind: "attribute"; readonly id: number }
  | { readonly kind: "formField"; readonly name: string };

/** What a property name stands for; undefined when it is none of BigCommerce's. */
export function readProperty(property: string): Property | undefined {
  const name = STANDARD_PROPERTIES.find((one) => one === property);
  if (name) return { kind: "standard", name };
  if (property.startsWith(FORM_FIELD) && property.length > FORM_FIELD.length) {
    return { kind: "formField", name: property.slice(FORM_FIELD.length) };
  }
  const [, id] = /^attribute:([1-9]\d{0,9})$/.exec(property) ?? [];
  return id === undefined ? undefined : { kind: "attribute", id: Number(id) };
}

export function attributeProperty(id: number): string {
  return `${ATTRIBUTE}${id}`;
}

export function formFieldProperty(name: string): string {
  return `${FORM_FIELD}${name}`;
}

/** Throws `invalid_field`, naming them, for properties BigCommerce cannot have. */
export function refuseUnknown(properties: readonly string[]): void {
  const unknown = properties.filter((property) => !readProperty(property));
  if (unknown.length === 0) return;
  throw new ConnectorError("invalid_field", `BigCommerce has no field ${unknown.join(", ")}.`, { properties: unknown });
}

/** What a read must bring besides the customer itself. */
export function wantedParts(properties: readonly string[]) {
  const read = properties.map(readProperty);
  return {
    attributeIds: read.flatMap((property) => (property?.kind === "attribute" ? [property.id] : [])),
    formFields: read.some((property) => property?.kind === "formField"),
  };
}
