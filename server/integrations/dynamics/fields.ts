import type { z } from "zod";
import type { FieldDescription } from "../../domain/connector.ts";
import type { Dataverse } from "./client.ts";
import type { PersonObject } from "./person.ts";
import { AttributeList, DateAttributeList, OptionAttributeList, TextAttributeList } from "./schema.ts";

const TYPES: Readonly<Record<string, FieldDescription["type"]>> = {
  String: "text",
  Memo: "text",
  Boolean: "boolean",
  Picklist: "option",
  Integer: "number",
  Decimal: "number",
  Double: "number",
  Money: "number",
  DateTime: "datetime",
};
const TEXT_TYPES: Readonly<Record<string, FieldDescription["type"]>> = { Email: "email", Phone: "phone" };
const NAMESPACE = "Microsoft.Dynamics.CRM";

const BASE_SELECT = [
  ...["LogicalName", "AttributeType", "AttributeOf", "DisplayName", "RequiredLevel", "IsValidForUpdate"],
  ...["IsValidODataAttribute", "IsCustomAttribute", "SourceType"],
].join(",");

/**
 * The columns of a table that a mapping may write: updatable, visible to the Web API, no shadow of another column, not
 * calculated, and of a type that is one plain value. Lengths, options and date formats exist only on the derived
 * types, each of which is its own query. (Dataverse, Query schema definitions using the Web API.)
 */
export async function describeColumns(dataverse: Dataverse, object: PersonObject): Promise<FieldDescription[]> {
  const attributes = `/EntityDefinitions(LogicalName='${object}')/Attributes`;
  const [all, strings, memos, dates, options] = await Promise.all([
    dataverse({ method: "GET", path: `${attributes}?$select=${BASE_SELECT}`, answer: AttributeList }),
    dataverse({
      method: "GET",
      path: `${attributes}/${NAMESPACE}.StringAttributeMetadata?$select=LogicalName,MaxLength,FormatName`,
      answer: TextAttributeList,
    }),
    dataverse({
      method: "GET",
      path: `${attributes}/${NAMESPACE}.MemoAttributeMetadata?$select=LogicalName,MaxLength`,
      answer: TextAttributeList,
    }),
    dataverse({
      method: "GET",
      path: `${attributes}/${NAMESPACE}.DateTimeAttributeMetadata?$select=LogicalName,Format`,
      answer: DateAttributeList,
    }),
    dataverse({
      method: "GET",
      path: `${attributes}/${NAMESPACE}.PicklistAttributeMetadata?$select=LogicalName&$expand=OptionSet($select=Options),GlobalOptionSet($select=Options)`,
      answer: OptionAttributeList,
    }),
  ]);
  const texts = new Map([...strings.value, ...memos.value].map((one) => [one.LogicalName, one]));
  const dateOnly = new Set(dates.value.filter((one) => one.Format === "DateOnly").map((one) => one.LogicalName));
  const optionSets = new Map(options.value.map((one) => [one.LogicalName, one.OptionSet ?? one.GlobalOptionSet]));

  return all.value.filter(isOffered).map((column): FieldDescription => {
    const name = column.LogicalName;
    const text = texts.get(name);
    return {
      property: name,
      label: column.DisplayName?.UserLocalizedLabel?.Label ?? name,
      type: dateOnly.has(name) ? "date" : (TEXT_TYPES[text?.FormatName?.Value ?? ""] ?? typeOf(column)),
      maxLength: text?.MaxLength ?? null,
      required: !isWrittenByUs(object, name) && isRequired(column),
      writable: true,
      custom: column.IsCustomAttribute === true,
      options: (optionSets.get(name)?.Options ?? []).map((option) => ({
        value: String(option.Value),
        label: option.Label?.UserLocalizedLabel?.Label ?? String(option.Value),
      })),
    };
  });
}

type Attribute = z.infer<typeof AttributeList>["value"][number];

function isRequired(column: Attribute): boolean {
  return ["ApplicationRequired", "SystemRequired"].includes(column.RequiredLevel?.Value ?? "None");
}

/** A new lead gets its topic from the connector, whatever is mapped. */
function isWrittenByUs(object: PersonObject, column: string): boolean {
  return object === "lead" && column === "subject";
}

function isOffered(column: Attribute): boolean {
  return (
    column.IsValidForUpdate === true &&
    column.IsValidODataAttribute !== false &&
    !column.AttributeOf &&
    !column.SourceType &&
    Object.hasOwn(TYPES, column.AttributeType)
  );
}

function typeOf({ AttributeType }: Attribute): FieldDescription["type"] {
  return TYPES[AttributeType] ?? "other";
}
