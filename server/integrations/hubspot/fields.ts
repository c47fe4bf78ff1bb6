import type { FieldDescription } from "../../domain/connector.ts";
import type { Property } from "./schema.ts";

/** HubSpot, properties guide: a text value has at most 65,536 characters. */
const MAX_TEXT = 65_536;

/** The fields an admin can map: archived and hidden properties are left out, read-only ones are marked. */
export function describeProperties(properties: readonly Property[]): FieldDescription[] {
  return properties.filter((property) => !property.archived && !property.hidden).map(describe);
}

function describe(property: Property): FieldDescription {
  const type = typeOf(property);
  return {
    property: property.name,
    label: property.label,
    type,
    maxLength: type === "text" || type === "email" || type === "phone" ? MAX_TEXT : null,
    required: false,
    writable: isWritable(property),
    custom: !property.hubspotDefined,
    options: property.options.filter((option) => !option.hidden).map(({ value, label }) => ({ value, label })),
  };
}

function isWritable({ calculated, fieldType, modificationMetadata }: Property): boolean {
  return !calculated && !fieldType.startsWith("calculation") && modificationMetadata?.readOnlyValue !== true;
}

function typeOf({ name, type, fieldType }: Property): FieldDescription["type"] {
  if (name === "email") return "email";
  if (fieldType === "phonenumber" || type === "phone_number") return "phone";
  switch (type) {
    case "string":
      return "text";
    case "number":
    case "date":
    case "datetime":
      return type;
    case "bool":
      return "boolean";
    case "enumeration":
      if (fieldType === "booleancheckbox") return "boolean";
      return fieldType === "checkbox" ? "options" : "option";
    default:
      return "other";
  }
}
