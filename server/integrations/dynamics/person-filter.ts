import type { FindQuery, PhoneQuery } from "../../domain/connector.ts";
import { EMAIL_COLUMNS, type PersonObject, PHONE_COLUMNS } from "./person.ts";

const MAX_CANDIDATES = 12;
const MAX_CANDIDATE_LENGTH = 50;
const MIN_DIGITS = 7;
const MAX_DIGITS = 9;

/**
 * The query options that select the rows with an email or a phone; undefined when neither is given. Dataverse compares
 * strings without case. Numbers are held in any notation, so they are asked for in the usual spellings and by their
 * last digits with anything between: `contains(telephone1,'5%5%5%0%1%2%3')` (Dataverse, Use wildcard characters in
 * conditions for string values). The caller compares again.
 */
export function personFilter({ email, phone }: FindQuery, object: PersonObject): string | undefined {
  const terms = [
    ...(email ? EMAIL_COLUMNS.map((column) => `${column} eq ${literal(email)}`) : []),
    ...(phone ? phoneTerms(phone, PHONE_COLUMNS[object]) : []),
  ];
  if (terms.length === 0) return undefined;
  const active = object === "contact" ? "statecode eq 0 and " : "";
  const filter = `$filter=${encodeURIComponent(`${active}(${terms.join(" or ")})`)}`;
  return phone ? `${filter}&${phoneAliases(phone, PHONE_COLUMNS[object])}` : filter;
}

/** A string in a filter: apostrophes are doubled. */
export function literal(text: string): string {
  return `'${text.replaceAll("'", "''")}'`;
}

/** Every spelling to ask for exactly: at most twelve, so that the address stays short. */
export function phoneCandidates({ e164, national, spellings }: PhoneQuery): readonly string[] {
  const digits = e164.replace(/\D/g, "");
  const all = [e164, digits, national, ...spellings, `00${digits}`, `tel:${e164}`];
  const plain = all.map((one) => one.replace(/["\\]/g, "").trim()).filter((one) => one !== "");
  return [...new Set(plain)].filter((one) => one.length <= MAX_CANDIDATE_LENGTH).slice(0, MAX_CANDIDATES);
}

/** The last digits with a wildcard between them; undefined for numbers too short to be told apart so. */
export function digitsPattern({ national }: PhoneQuery): string | undefined {
  const digits = national.replace(/\D/g, "");
  if (digits.length < MIN_DIGITS) return undefined;
  return [...digits.slice(-MAX_DIGITS)].join("%");
}

function phoneTerms(phone: PhoneQuery, columns: readonly string[]): string[] {
  const pattern = digitsPattern(phone);
  return [
    ...columns.map((_, index) => `Microsoft.Dynamics.CRM.In(PropertyName=@p${index + 1},PropertyValues=@phones)`),
    ...(pattern ? columns.map((column) => `contains(${column},${literal(pattern)})`) : []),
  ];
}

function phoneAliases(phone: PhoneQuery, columns: readonly string[]): string {
  const names = columns.map((column, index) => `@p${index + 1}=${encodeURIComponent(`'${column}'`)}`);
  return [...names, `@phones=${encodeURIComponent(JSON.stringify(phoneCandidates(phone)))}`].join("&");
}
