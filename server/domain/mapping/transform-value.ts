import type { Transform } from "@rolodesk/shared/mapping-transform";
import type { FieldValue } from "../connector.ts";
import { nationalForm, parsePhone } from "../identity/phone.ts";
import { isBlank } from "../sync/normal-form.ts";
import { fits, type MappedValue, misfit } from "./mapped-value.ts";

/** Applies a mapping row's transform. `countries` read numbers that are written without one. Blank stays blank. */
export function transformValue(
  value: FieldValue,
  transform: Transform,
  countries: readonly (string | null)[],
): MappedValue {
  if (transform.kind === "fixed") return fits(transform.value);
  if (isBlank(value)) return fits(null);
  if (transform.kind === "none") return fits(value);
  const text = String(value).trim();
  switch (transform.kind) {
    case "phone":
      return toPhone(text, transform.to, countries);
    case "case":
      return fits(toCase(text, transform.to));
    case "name":
      return fits(namePart(text, transform.part));
    case "date":
      return toDate(text, transform.to);
    case "options":
      return toOption(text, transform.map);
  }
}

function toPhone(text: string, to: "e164" | "national", countries: readonly (string | null)[]): MappedValue {
  const phone = parsePhone(text, countries);
  if (!phone) return misfit(text, "This is not a telephone number that can be read.");
  return fits(to === "e164" ? phone.e164 : nationalForm(phone));
}

function toCase(text: string, to: "title" | "upper" | "lower"): string {
  if (to === "upper") return text.toLocaleUpperCase();
  if (to === "lower") return text.toLocaleLowerCase();
  return text
    .toLocaleLowerCase()
    .replace(/(^|[\s\-'’.])(\p{L})/gu, (_, before: string, letter: string) => before + letter.toLocaleUpperCase());
}

function namePart(text: string, part: "first" | "last"): string | null {
  const words = text.split(/\s+/);
  if (part === "last") return words.length > 1 ? (words.at(-1) ?? null) : null;
  return words.length > 1 ? words.slice(0, -1).join(" ") : text;
}

/** In UTC: the same moment is the same day for every CRM. */
function toDate(text: string, to: "date" | "day_month_year" | "month_day_year"): MappedValue {
  const at = new Date(text);
  if (Number.isNaN(at.getTime())) return misfit(text, "This is not a date.");
  const [year = "", month = "", day = ""] = at.toISOString().slice(0, 10).split("-");
  if (to === "date") return fits(`${year}-${month}-${day}`);
  return fits(to === "day_month_year" ? `${day}/${month}/${year}` : `${month}/${day}/${year}`);
}

/** A value that is not named as a whole may be several, with `;` or `,` between them. */
function toOption(text: string, map: Readonly<Record<string, string>>): MappedValue {
  const theirs = new Map(Object.entries(map).map(([ours, option]) => [ours.trim().toLowerCase(), option]));
  const whole = theirs.get(text.toLowerCase());
  if (whole !== undefined) return fits(whole);
  const parts = text
    .split(text.includes(";") ? ";" : ",")
    .map((part) => part.trim())
    .filter(Boolean);
  const options: string[] = [];
  for (const part of parts) {
    const option = theirs.get(part.toLowerCase());
    if (option === undefined) return misfit(text, `The mapping names no option for “${part}”.`);
    options.push(option);
  }
  return fits(options);
}
