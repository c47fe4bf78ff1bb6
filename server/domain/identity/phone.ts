import {
  type CountryCode,
  isSupportedCountry,
  type PhoneNumber,
  parsePhoneNumberFromString,
} from "libphonenumber-js/max";
import type { PhoneQuery } from "../connector.ts";

export interface PhoneKey {
  /** As it was written, trimmed. */
  readonly value: string;
  /** `+12025550123`, without extension. */
  readonly e164: string;
  readonly extension: string | null;
  /** What it is compared by: E.164, and `;ext=` where there is an extension. */
  readonly norm: string;
}

const MAX_CHARS = 40;

/**
 * A telephone number with a country, or null. Countries are tried in order for numbers written without `+`: the
 * site's, then the connection's; the first in whose numbering plan the number is valid has it. With `+` its writer named
 * the country, and a possible length is enough: plans grow faster than libraries. No country and no `+` means no key.
 */
export function parsePhone(raw: string, countries: readonly (string | null)[]): PhoneKey | null {
  const number = parseNumber(raw, countries);
  if (!number) return null;
  const extension = number.ext ?? null;
  return {
    value: raw.trim(),
    e164: number.number,
    extension,
    norm: extension ? `${number.number};ext=${extension}` : number.number,
  };
}

/** The key of a number as a CRM holds it; unreadable ones have none. */
export function phoneNorm(raw: string, countries: readonly (string | null)[]): string | null {
  return parsePhone(raw, countries)?.norm ?? null;
}

/**
 * A key as it is written into a CRM: `+12025550123 ext. 5`, which people and CRMs read as what it is. A CRM that makes the
 * extension digits of the number is given the number alone.
 */
export function writtenPhone(norm: string, dropsExtensions: boolean): string {
  return norm.replace(/;ext=(.*)$/, dropsExtensions ? "" : " ext. $1");
}

/** The forms under which CRMs may hold this number. For finding candidates only: it never decides. */
export function toPhoneQuery(phone: PhoneKey): PhoneQuery {
  const number = parsePhoneNumberFromString(phone.e164);
  if (!number) throw new Error("A phone key always parses.");
  const digits = phone.e164.slice(1);
  const national = number.nationalNumber;
  const spellings = new Set([
    digits,
    `00${digits}`,
    national,
    number.formatInternational(),
    number.formatNational(),
    number.formatNational().replace(/\D/g, ""),
    number.formatInternational().replace(/ /g, "-"),
    ...(number.countryCallingCode === "1" ? northAmerican(national) : []),
  ]);
  return { e164: phone.e164, national, spellings: [...spellings] };
}

/** As people of its country write it, `(202) 555-0123`, with the extension. */
export function nationalForm({ e164, extension }: PhoneKey): string {
  const written = parsePhoneNumberFromString(e164)?.formatNational() ?? e164;
  return extension ? `${written} ext. ${extension}` : written;
}

function northAmerican(national: string): string[] {
  const [area, office, line] = [national.slice(0, 3), national.slice(3, 6), national.slice(6)];
  return [`${area}-${office}-${line}`, `${area}.${office}.${line}`, `${area} ${office} ${line}`];
}

function parseNumber(raw: string, countries: readonly (string | null)[]): PhoneNumber | undefined {
  const text = plainText(raw);
  if (text === null) return undefined;
  if (text.startsWith("+")) {
    const number = parsePhoneNumberFromString(text, { extract: false });
    return number?.isPossible() ? number : undefined;
  }
  const known = countries.filter((country): country is CountryCode => country !== null && isSupportedCountry(country));
  for (const defaultCountry of known) {
    const number = parsePhoneNumberFromString(text, { defaultCountry, extract: false });
    if (number?.isValid()) return number;
  }
  return undefined;
}

/** Plain digits and signs, without the invisible marks phones copy along; `(+44) 20 …` as `+44 20 …`. */
function plainText(raw: string): string | null {
  const written = raw.trim();
  if (written.length > MAX_CHARS) return null; // first: normalising a run of combining marks takes quadratic time
  const text = written
    .normalize("NFKC")
    .replace(/\p{Cf}/gu, "")
    .trim();
  return text.replace(/^\(\+(\d{1,3})\)/, "+$1 ");
}
