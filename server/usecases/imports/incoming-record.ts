import type { CrmRecord, FieldValue } from "../../domain/connector.ts";
import { cleanText } from "../../domain/contacts/clean-text.ts";
import { type EmailKey, parseEmail } from "../../domain/identity/email.ts";
import { fullName, type PersonName } from "../../domain/identity/name.ts";
import { type PhoneKey, parsePhone } from "../../domain/identity/phone.ts";

/** A record as it came in, safe to be stored, with its keys. */
export interface IncomingRecord {
  readonly record: CrmRecord;
  readonly name: PersonName;
  /** The primary one first. */
  readonly emails: readonly EmailKey[];
  readonly phones: readonly PhoneKey[];
  readonly tags: readonly string[];
  /** Who it is, in a few words. */
  readonly label: string;
}

const MAX_KEYS = 20;
const MAX_TAGS = 100;
const MAX_TAG_CHARS = 75;
const MAX_LABEL_CHARS = 120;

/** `countries` read telephone numbers that are written without one. */
export function toIncoming(raw: CrmRecord, countries: readonly (string | null)[]): IncomingRecord {
  const record = {
    ...raw,
    values: Object.fromEntries(Object.entries(raw.values).map(([name, value]) => [name, clean(value)])),
  };
  const name = { firstName: cleanName(raw.firstName), lastName: cleanName(raw.lastName) };
  const emails = distinct(raw.emails.slice(0, MAX_KEYS).map((email) => parseEmail(cleanText(email))));
  const phones = distinct(raw.phones.slice(0, MAX_KEYS).map((phone) => parsePhone(cleanText(phone), countries)));
  const tags = (raw.tags ?? [])
    .map((tag) => cleanText(tag).toLowerCase())
    .filter((tag) => tag !== "" && tag.length <= MAX_TAG_CHARS);
  const label = fullName(name) ?? emails[0]?.value ?? phones[0]?.value ?? "Somebody without a name";
  return {
    record,
    name,
    emails,
    phones,
    tags: [...new Set(tags)].slice(0, MAX_TAGS),
    label: label.slice(0, MAX_LABEL_CHARS),
  };
}

function clean(value: FieldValue): FieldValue {
  if (typeof value === "string") return cleanText(value);
  return Array.isArray(value) ? value.map((item: string) => cleanText(item)) : value;
}

function cleanName(name: string | null): string | null {
  return name === null ? null : cleanText(name) || null;
}

function distinct<Key extends { readonly norm: string }>(keys: readonly (Key | null)[]): Key[] {
  const byNorm = new Map<string, Key>();
  for (const key of keys) if (key && !byNorm.has(key.norm)) byNorm.set(key.norm, key);
  return [...byNorm.values()];
}
