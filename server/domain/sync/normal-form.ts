import type { FieldValue } from "../connector.ts";
import { emailNorm } from "../identity/email.ts";
import { phoneNorm } from "../identity/phone.ts";

/** How the values of a field are compared. */
export type ComparedAs = "text" | "email" | "phone" | "number" | "boolean" | "set";

export interface Comparison {
  readonly as: ComparedAs;
  readonly countries: readonly (string | null)[];
}

/** Blank: nothing a person would call a value. */
export function isBlank(value: FieldValue | undefined): value is null | undefined | "" {
  if (value === null || value === undefined) return true;
  if (typeof value === "string") return value.trim() === "";
  return Array.isArray(value) && value.every((item: string) => item.trim() === "");
}

/**
 * The form values are compared in: trimmed NFC text, email by its key, phone by E.164, sets sorted. Unreadable emails and
 * phones are compared as text. Null when blank.
 */
export function normalForm(value: FieldValue | undefined, { as, countries }: Comparison): string | null {
  if (isBlank(value)) return null;
  if (as === "set") {
    const items = [...toSet(value)].sort();
    return items.length > 0 ? JSON.stringify(items) : null;
  }
  const text = String(value).trim().normalize("NFC");
  if (as === "email") return emailNorm(text) ?? text.toLowerCase();
  if (as === "phone") return phoneNorm(text, countries) ?? text;
  if (as === "number") return Number.isFinite(Number(text)) ? String(Number(text)) : text;
  if (as === "boolean") return text.toLowerCase();
  return text;
}

export function toSet(value: FieldValue | undefined): Set<string> {
  if (isBlank(value)) return new Set();
  const items = Array.isArray(value) ? value : String(value).split(";");
  return new Set(items.map((item: string) => item.trim().normalize("NFC")).filter(Boolean));
}
