import type { Transform } from "@rolodesk/shared/mapping-transform";
import type { FieldValue } from "../connector.ts";
import { cleanText } from "../contacts/clean-text.ts";
import { parseEmail } from "../identity/email.ts";
import { parsePhone } from "../identity/phone.ts";
import { isBlank } from "../sync/normal-form.ts";
import { fits, type MappedValue, misfit } from "./mapped-value.ts";

/** Longer than any name, company or title; what is longer is not cut but left out. */
const MAX_CHARS = 500;

/** Whether a row's CRM values can be read back as ours: what it made of them must be undone without guessing. */
export function isReadable({ kind }: Transform): boolean {
  return kind === "none" || kind === "phone" || kind === "case" || kind === "options";
}

/** A CRM's value as our contact keeps it: emails and phones by their keys, options by our names for them. */
export function readValue(
  value: FieldValue,
  { field, transform }: { readonly field: string; readonly transform: Transform },
  countries: readonly (string | null)[],
): MappedValue {
  if (isBlank(value)) return fits(null);
  const text = cleanText(Array.isArray(value) ? value.join(", ") : String(value));
  if (text === "") return fits(null);
  if (text.length > MAX_CHARS) return misfit(text.slice(0, 40), `It is longer than ${MAX_CHARS} characters.`);
  if (field === "email") {
    const email = parseEmail(text);
    return email ? fits(email.norm) : misfit(text, "This is not an email address that can be read.");
  }
  if (field === "phone") {
    const phone = parsePhone(text, countries);
    return phone ? fits(phone.norm) : misfit(text, "This is not a telephone number that can be read.");
  }
  if (transform.kind === "options") {
    const ours = Object.entries(transform.map).find(([, theirs]) => theirs === text)?.[0];
    return ours === undefined ? misfit(text, `The mapping names nothing of ours for “${text}”.`) : fits(ours);
  }
  return fits(text);
}
