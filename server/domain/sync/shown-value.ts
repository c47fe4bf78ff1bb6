import type { ShownValue } from "@rolodesk/shared/sync-run";
import type { FieldValue } from "../../domain/connector.ts";

/** A CRM's value as it is stored and shown. */
export function shownValue(value: FieldValue | undefined): ShownValue {
  if (value === undefined || value === null) return null;
  return typeof value === "object" ? [...value] : value;
}
