import type { FieldDescription, FieldValue } from "../connector.ts";
import { isBlank } from "../sync/normal-form.ts";
import { fits, type MappedValue, misfit } from "./mapped-value.ts";

const YES = new Set(["true", "yes", "1"]);
const NO = new Set(["false", "no", "0"]);

/**
 * Whether the CRM would take a value in this field, and the value in the field's own type. What does not fit is left out of
 * the write and told, never cut: half a value is a wrong value.
 */
export function fitValue(value: FieldValue, field: FieldDescription, crmName: string): MappedValue {
  if (isBlank(value)) return fits(null);
  if (!field.writable) return misfit(value, field.readOnlyBecause ?? `${field.label} is read-only in ${crmName}.`);
  if (Array.isArray(value) && value.length > 1 && field.type !== "options") {
    return misfit(value, `${field.label} takes only one value.`);
  }
  const text = String(value).trim();
  switch (field.type) {
    case "text":
    case "email":
    case "phone":
      return fitText(value, field, crmName);
    case "number":
      return Number.isFinite(Number(text)) ? fits(Number(text)) : misfit(value, `${field.label} takes only numbers.`);
    case "boolean":
      return fitBoolean(value, text.toLowerCase(), field);
    case "date":
    case "datetime":
      return fitDate(value, text, field);
    case "option":
      return fitOption(value, text, field, crmName);
    case "options":
      return fitOptions(value, field, crmName);
    case "other":
      return fits(value);
  }
}

function fitText(value: FieldValue, { maxLength }: FieldDescription, crmName: string): MappedValue {
  const length = String(value).length;
  if (maxLength === null || length <= maxLength) return fits(value);
  return misfit(value, `${crmName} takes at most ${maxLength} characters here, and this has ${length}.`);
}

/** The CRM's own words for yes and no count before ours: somebody may have called yes "No". */
function fitBoolean(value: FieldValue, text: string, { label, options }: FieldDescription): MappedValue {
  const named = text === "true" || text === "false" ? undefined : options.find((one) => same(one.label, text));
  if (named) return fits(named.value === "true");
  if (YES.has(text)) return fits(true);
  if (NO.has(text)) return fits(false);
  return misfit(value, `${label} takes only yes or no.`);
}

function fitDate(value: FieldValue, text: string, { type, label }: FieldDescription): MappedValue {
  const at = new Date(text);
  if (Number.isNaN(at.getTime())) return misfit(value, `${label} takes only dates.`);
  return fits(type === "date" ? at.toISOString().slice(0, 10) : at.toISOString().replace(/\.\d+Z$/, "Z"));
}

function fitOption(value: FieldValue, text: string, field: FieldDescription, crmName: string): MappedValue {
  const option = optionOf(text, field);
  return option === undefined ? misfit(value, noOption(text, field, crmName)) : fits(option);
}

/**
 * Several options in one value: a list, or a text that is one option or several with `;` or `,` between them. One that the
 * field has not leaves the whole value out.
 */
function fitOptions(value: FieldValue, field: FieldDescription, crmName: string): MappedValue {
  const chosen: string[] = [];
  for (const one of choicesIn(value, field)) {
    // a shop's form field does not tell its options
    const option = field.options.length === 0 ? one : optionOf(one, field);
    if (option === undefined) return misfit(value, noOption(one, field, crmName));
    if (!chosen.includes(option)) chosen.push(option);
  }
  return fits(chosen);
}

/** An option's own label may have the separators in it. */
function choicesIn(value: FieldValue, field: FieldDescription): readonly string[] {
  const texts = Array.isArray(value) ? value : [String(value)];
  return texts.flatMap((text: string) => {
    const isWhole = field.options.length > 0 && optionOf(text.trim(), field) !== undefined;
    if (isWhole) return [text.trim()];
    const separator = text.includes(";") ? ";" : ",";
    return text
      .split(separator)
      .map((one) => one.trim())
      .filter(Boolean);
  });
}

/** By value, then by label or value whatever the case. */
function optionOf(text: string, { options }: FieldDescription): string | undefined {
  const exact = options.find(({ value }) => value === text);
  return (exact ?? options.find(({ value, label }) => same(label, text) || same(value, text)))?.value;
}

function same(one: string, other: string): boolean {
  return one.toLowerCase() === other.toLowerCase();
}

function noOption(text: string, { label }: FieldDescription, crmName: string): string {
  return `“${text}” is not one of the options of ${label} in ${crmName}.`;
}
