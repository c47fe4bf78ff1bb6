import type { z } from "zod";
import type { FieldDescription } from "../../domain/connector.ts";
import type { Dataverse } from "./client.ts";
import type { PersonObject } from "./person.ts";
import {
  AttributeList,
  BooleanAttributeList,
  DateAttributeList,
  OptionAttributeList,
  type OptionSet,
  TextAttributeList,
} from "./schema.ts";

const TYPES: Readonly<Record<string, FieldDescription["type"]>> = {
  String: "text",
  Memo: "text",
  Boolean: "boolean",
  Picklist: "option",
  MultiSelectPicklist: "options",
  Integer: "number",
  Decimal: "number",
  Double: "number",
  Money: "number",
  DateTime: "datetime",
};
const TEXT_TYPES: Readonly<Record<string, FieldDescription["type"]>> = { Email: "email", Phone: "phone" };
/** Written as a navigation to a record, which a mapping of values does not know; shown so that nobody looks for them. */
const LINK_TYPES: ReadonlySet<string> = new Set(["Lookup", "Customer", "Owner"]);
const CALCULATED = 1;
const ROLLUP = 2;
const NAMESPACE = "Microsoft.Dynamics.CRM";

const BASE_SELECT = [
  ...["LogicalName", "AttributeType", "AttributeTypeName", "AttributeOf", "DisplayName", "RequiredLevel"],
  ...["IsValidForUpdate", "IsValidForRead", "IsValidODataAttribute", "IsCustomAttribute", "SourceType"],
].join(",");

type Attribute = z.infer<typeof AttributeList>["value"][number];

/** What only the derived types tell, by column. */
interface Details {
  readonly texts: ReadonlyMap<string, z.infer<typeof TextAttributeList>["value"][number]>;
  readonly dateOnly: ReadonlySet<string>;
  readonly options: ReadonlyMap<string, FieldDescription["options"]>;
}

/**
 * The columns of a table for the field picker: those that hold one plain value or several options and that the Web API shows, the
 * read-only ones with the reason, and links to other records, which cannot be mapped. Shadows of other columns are left out.
 * (Dataverse, Query schema definitions using the Web API.)
 */
export async function describeColumns(dataverse: Dataverse, object: PersonObject): Promise<FieldDescription[]> {
  const path = `/EntityDefinitions(LogicalName='${object}')/Attributes?$select=${BASE_SELECT}`;
  const [all, details] = await Promise.all([
    dataverse({ method: "GET", path, answer: AttributeList }),
    readDetails(dataverse, object),
  ]);
  return all.value.filter(isShown).map((column) => describeColumn(column, details));
}

/** Lengths, options and date formats exist only on the derived types, each of which is its own query. */
async function readDetails(dataverse: Dataverse, object: PersonObject): Promise<Details> {
  function ofType<T>(type: string, query: string, answer: z.ZodType<T>): Promise<T> {
    const path = `/EntityDefinitions(LogicalName='${object}')/Attributes/${NAMESPACE}.${type}AttributeMetadata?$select=LogicalName${query}`;
    return dataverse({ method: "GET", path, answer });
  }
  const options = "&$expand=OptionSet($select=Options),GlobalOptionSet($select=Options)";
  const words = "&$expand=OptionSet($select=TrueOption,FalseOption),GlobalOptionSet($select=TrueOption,FalseOption)";
  const [strings, memos, dates, choices, several, booleans] = await Promise.all([
    ofType("String", ",MaxLength,FormatName", TextAttributeList),
    ofType("Memo", ",MaxLength", TextAttributeList),
    ofType("DateTime", ",Format", DateAttributeList),
    ofType("Picklist", options, OptionAttributeList),
    ofType("MultiSelectPicklist", options, OptionAttributeList),
    ofType("Boolean", words, BooleanAttributeList),
  ]);
  return {
    texts: new Map([...strings.value, ...memos.value].map((one) => [one.LogicalName, one])),
    dateOnly: new Set(dates.value.filter((one) => one.Format === "DateOnly").map((one) => one.LogicalName)),
    options: new Map([
      ...[...choices.value, ...several.value].map(
        (one) => [one.LogicalName, optionsOf(one.OptionSet ?? one.GlobalOptionSet)] as const,
      ),
      ...booleans.value.map((one) => [one.LogicalName, yesAndNo(one.OptionSet ?? one.GlobalOptionSet)] as const),
    ]),
  };
}

function describeColumn(column: Attribute, details: Details): FieldDescription {
  const name = column.LogicalName;
  const text = details.texts.get(name);
  const label = column.DisplayName?.UserLocalizedLabel?.Label || name;
  const isLink = LINK_TYPES.has(column.AttributeType);
  const readOnlyBecause = isLink
    ? `“${label}” is a link to another record, and a mapping writes only values.`
    : reasonNotToWrite(column, label);
  return {
    property: name,
    label,
    type: details.dateOnly.has(name) ? "date" : (TEXT_TYPES[text?.FormatName?.Value ?? ""] ?? typeOf(column)),
    maxLength: text?.MaxLength ?? null,
    required: !isLink && isRequired(column),
    writable: readOnlyBecause === null,
    ...(readOnlyBecause === null ? {} : { readOnlyBecause }),
    ...(isLink ? { unreadable: true } : {}),
    custom: column.IsCustomAttribute === true,
    options: details.options.get(name) ?? [],
  };
}

function reasonNotToWrite({ SourceType, IsValidForUpdate }: Attribute, label: string): string | null {
  if (SourceType === CALCULATED) return `“${label}” is calculated by Dynamics 365.`;
  if (SourceType === ROLLUP) return `“${label}” is summed up by Dynamics 365.`;
  return IsValidForUpdate === true ? null : `“${label}” is set by Dynamics 365 itself.`;
}

function optionsOf(set: OptionSet | null | undefined): FieldDescription["options"] {
  return (set?.Options ?? []).map(({ Value, Label }) => ({
    value: String(Value),
    label: Label?.UserLocalizedLabel?.Label ?? String(Value),
  }));
}

/** An environment may call them anything, "No" for yes included. */
function yesAndNo(
  set: z.infer<typeof BooleanAttributeList>["value"][number]["OptionSet"],
): FieldDescription["options"] {
  const [yes, no] = [set?.TrueOption, set?.FalseOption].map((one) => one?.Label?.UserLocalizedLabel?.Label);
  if (!yes || !no) return [];
  return [
    { value: "true", label: yes },
    { value: "false", label: no },
  ];
}

/** "Business required" binds the forms alone; the Web API takes a lead without (its own examples send no topic). */
function isRequired({ RequiredLevel }: Attribute): boolean {
  return RequiredLevel?.Value === "SystemRequired";
}

function isShown(column: Attribute): boolean {
  const { AttributeType, AttributeOf, IsValidODataAttribute, IsValidForRead } = column;
  if (AttributeOf || IsValidODataAttribute === false || IsValidForRead === false) return false;
  return LINK_TYPES.has(AttributeType) || Object.hasOwn(TYPES, columnType(column));
}

function typeOf(column: Attribute): FieldDescription["type"] {
  return TYPES[columnType(column)] ?? "other";
}

/** A choice of several options calls itself virtual, and only its type's name tells. */
export function columnType(column: Pick<Attribute, "AttributeType" | "AttributeTypeName">): string {
  return column.AttributeTypeName?.Value === "MultiSelectPicklistType" ? "MultiSelectPicklist" : column.AttributeType;
}
