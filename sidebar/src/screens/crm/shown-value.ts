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

const FIELD_LABELS: Readonly<Record<string, string>> = {
  firstName: "First name",
  lastName: "Last name",
  email: "Email",
  phone: "Phone",
  company: "Company",
  title: "Title",
};

export function fieldLabel(field: string): string {
  return FIELD_LABELS[field] ?? field;
}
