import type { FieldValue } from "../connector.ts";
import { emailNorm } from "../identity/email.ts";
import { phoneNorm } from "../identity/phone.ts";

/** How the values of a field are compared. */
export type ComparedAs = "text" | "email" | "phone" | "number" | "boolean" | "date" | "set";

export interface Comparison {
  readonly as: ComparedAs;
  readonly countries: readonly (string | null)[];
}

/** A day or a moment as we write them to CRMs. */
const OUR_DATE = /^\d{4}-\d\d-\d\d(T\d\d:\d\d:\d\d(\.\d+)?Z)?$/;
const ISO_DATE = /^\d{4}-\d\d-\d\d(T\d\d:\d\d(:\d\d(\.\d+)?)?(Z|[+-]\d\d:\d\d))?$/;
const EPOCH_MS = /^-?\d{9,14}$/;

/** How both sides of a mapped field are compared: a list of ours as a set, and a date of ours with what CRMs make of dates. */
export function comparedAs(field: string, ours: FieldValue): ComparedAs {
  if (Array.isArray(ours)) return "set";
  if (field === "email" || field === "phone") return field;
  return typeof ours === "string" && OUR_DATE.test(ours.trim()) ? "date" : "text";
}

/** Blank: nothing a person would call a value. */
export function isBlank(value: FieldValue | undefined): value is null | undefined | "" {
  if (value === null || value === undefined) return true;
  if (typeof value === "string") return value.trim() === "";
  return Array.isArray(value) && value.every((item: string) => item.trim() === "");
}

/**
 * The form values are compared in: trimmed NFC text, email by its key, phone by E.164, a day or moment to the second in UTC, sets
 * sorted. What cannot be read as that is compared as text. Null when blank.
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
  if (as === "date") return dateNorm(text) ?? text;
  return text;
}

/** CRMs read a date back as a day, as its midnight, or as epoch milliseconds (HighLevel, contacts: custom fields). */
function dateNorm(text: string): string | null {
  if (!ISO_DATE.test(text) && !EPOCH_MS.test(text)) return null;
  const at = new Date(EPOCH_MS.test(text) ? Number(text) : text);
  return Number.isNaN(at.getTime()) ? null : at.toISOString().replace(/\.\d+Z$/, "Z");
}

export function toSet(value: FieldValue | undefined): Set<string> {
  if (isBlank(value)) return new Set();
  const items = Array.isArray(value) ? value : String(value).split(";");
  return new Set(items.map((item: string) => item.trim().normalize("NFC")).filter(Boolean));
}
