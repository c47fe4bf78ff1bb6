import type { ShownValue } from "@rolodesk/shared/sync-run";

/** A value in words; null when there is nothing to show. */
export function valueText(value: ShownValue): string | null {
  if (value === null || value === "") return null;
  if (typeof value === "boolean") return value ? "Yes" : "No";
  if (Array.isArray(value)) return value.length === 0 ? null : value.join(", ");
  return String(value);
}

export function sameValue(a: ShownValue, b: ShownValue): boolean {
  return JSON.stringify(a) === JSON.stringify(b);
}

/** Whether two values read the same to a person: a phone in another spelling and an email in other case do. */
export function readsSame(field: string, a: ShownValue, b: ShownValue): boolean {
  if (typeof a !== "string" || typeof b !== "string") return sameValue(a, b);
  if (field === "email") return a.toLowerCase() === b.toLowerCase();
  if (field === "phone") return dialled(a) === dialled(b);
  return a === b;
}

function dialled(phone: string): string {
  return phone.replace(/[\s().-]/g, "");
}
