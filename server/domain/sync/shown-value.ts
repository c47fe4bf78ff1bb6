import type { FieldValue } from "../connector.ts";

/** A CRM's value as it is stored and shown: blank is null, and a list is one of its own. */
export function shownValue(value: FieldValue | undefined) {
  if (value === undefined || value === null) return null;
  return typeof value === "object" ? [...value] : value;
}
