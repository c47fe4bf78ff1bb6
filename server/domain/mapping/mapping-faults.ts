import type { Transform } from "@rolodesk/shared/mapping-transform";
import type { FieldPolicy } from "@rolodesk/shared/vocabulary";
import type { FieldDescription } from "../connector.ts";
import { fitValue } from "./fit-value.ts";

/** A mapping row with what its CRM field was like when it was saved; null where nobody had looked yet. */
export interface RememberedRow {
  readonly object: string;
  readonly property: string;
  readonly policy: FieldPolicy;
  readonly transform: Transform;
  readonly described: FieldDescription | null;
}

/** What has become of a mapped field since its row was saved. */
export interface MappingFault {
  readonly object: string;
  readonly property: string;
  readonly kind: "gone" | "type_changed" | "read_only" | "option_gone" | "shorter";
  /** For people: `The field “Lead source” is gone from HubSpot.` */
  readonly words: string;
  /** Whether the row is left out of pushes; otherwise only the values that fit no more are. */
  readonly leavesOut: boolean;
}

/** object → the CRM's fields as last read; an object that was never described is not in it. */
export type CrmFields = ReadonlyMap<string, readonly FieldDescription[]>;

/** Text of any kind takes the same values. */
const TEXTS: ReadonlySet<FieldDescription["type"]> = new Set(["text", "email", "phone"]);
const NAMED_OPTIONS = 5;

/**
 * What broke in a mapping, by comparing the CRM's fields as they are with those the rows were saved against. Saving the
 * mapping again accepts what is still possible. Objects that were never described have no faults.
 */
export function mappingFaults(rows: readonly RememberedRow[], crmFields: CrmFields, crmName: string): MappingFault[] {
  return rows.flatMap((row) => {
    const fields = crmFields.get(row.object);
    return fields ? faultsOfRow(row, fields, crmName) : [];
  });
}

/** The fault for which a row is left out of pushes; null while it works. */
export function stoppedBy(row: RememberedRow, crmFields: CrmFields, crmName: string): MappingFault | null {
  return mappingFaults([row], crmFields, crmName).find(({ leavesOut }) => leavesOut) ?? null;
}

/** Whether the CRM can be asked for the property: unknown ones, and those that are still there. */
export function isThere(
  { object, property }: Pick<RememberedRow, "object" | "property">,
  crmFields: CrmFields,
): boolean {
  const fields = crmFields.get(object);
  return !fields || fields.some((field) => field.property === property);
}

function faultsOfRow(row: RememberedRow, fields: readonly FieldDescription[], crmName: string): MappingFault[] {
  const { object, property, described } = row;
  const field = fields.find((one) => one.property === property);
  const fault = (kind: MappingFault["kind"], leavesOut: boolean, words: string) => ({
    ...{ object, property, kind, leavesOut, words },
  });
  if (!field) {
    return [fault("gone", true, `The field “${described?.label ?? property}” is gone from ${crmName}.`)];
  }
  if (row.policy === "never") return [];
  if (!field.writable) {
    return [fault("read_only", true, `The field “${field.label}” is read-only in ${crmName} now.`)];
  }
  if (!described) return [];
  if (kindOf(described) !== kindOf(field)) {
    const words = `The field “${field.label}” was ${TYPE_WORDS[described.type]} in ${crmName} and is ${TYPE_WORDS[field.type]} now.`;
    return [fault("type_changed", true, words)];
  }
  const gone = goneOptions(described, field);
  const fixedFits = row.transform.kind !== "fixed" || fitValue(row.transform.value, field, crmName).problem === null;
  return [
    ...(gone.length > 0 ? [fault("option_gone", !fixedFits, optionWords(gone, field, crmName))] : []),
    ...(isShorter(described, field) ? [fault("shorter", !fixedFits, shorterWords(field, crmName))] : []),
  ];
}

function kindOf({ type }: FieldDescription): string {
  return TEXTS.has(type) ? "text" : type;
}

const TYPE_WORDS: Readonly<Record<FieldDescription["type"], string>> = {
  text: "a text",
  email: "an email address",
  phone: "a telephone number",
  number: "a number",
  boolean: "a yes or no",
  date: "a date",
  datetime: "a date with time",
  option: "a choice of one option",
  options: "a choice of several options",
  other: "of another kind",
};

/** A renamed option is still there; one that was made again under the same name is not the same, yet takes the value. */
function goneOptions(described: FieldDescription, field: FieldDescription): string[] {
  const there = new Set(field.options.flatMap(({ value, label }) => [value, label]));
  return described.options
    .filter(({ value, label }) => !there.has(value) && !there.has(label))
    .map(({ label }) => label);
}

function optionWords(gone: readonly string[], { label }: FieldDescription, crmName: string): string {
  const named = gone.slice(0, NAMED_OPTIONS).map((one) => `“${one}”`);
  const more = gone.length - named.length;
  const list = `${named.join(", ")}${more > 0 ? ` and ${more} more` : ""}`;
  return gone.length === 1
    ? `The option ${list} is gone from “${label}” in ${crmName}.`
    : `The options ${list} are gone from “${label}” in ${crmName}.`;
}

function isShorter(described: FieldDescription, field: FieldDescription): boolean {
  return field.maxLength !== null && field.maxLength < (described.maxLength ?? Number.POSITIVE_INFINITY);
}

function shorterWords({ label, maxLength }: FieldDescription, crmName: string): string {
  return `The field “${label}” takes only ${maxLength} characters in ${crmName} now.`;
}
