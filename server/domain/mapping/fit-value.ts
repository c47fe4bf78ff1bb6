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
  if (!field.writable) return misfit(value, `${field.label} is read-only in ${crmName}.`);
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
    case "options":
      return fitOption(value, text, field, crmName);
    case "other":
      return fits(value);
  }
}

function fitText(value: FieldValue, { maxLength }: FieldDescription, crmName: string): MappedValue {
  const length = String(value).length;
  if (maxLength === null || length <= maxLength) return fits(value);
  return misfit(value, `${crmName} takes at most ${maxLength} characters here, and this has ${length}.`);
}

function fitBoolean(value: FieldValue, text: string, { label }: FieldDescription): MappedValue {
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
  const wanted = text.toLowerCase();
  const option =
    field.options.find((one) => one.value === text) ??
    field.options.find((one) => one.label.toLowerCase() === wanted || one.value.toLowerCase() === wanted);
  if (option) return fits(option.value);
  return misfit(value, `“${text}” is not one of the options of ${field.label} in ${crmName}.`);
}
