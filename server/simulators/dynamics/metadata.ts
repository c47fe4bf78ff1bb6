import { createHash } from "node:crypto";
import type { Column, ColumnType, Table } from "./columns.ts";
import { notSimulated, ODataError, syntaxError, unknownProperty } from "./odata-error.ts";

type Described = Readonly<Record<string, unknown>>;

/** Columns that only the derived attribute types have; asking the base type for one of them is an error. */
const CAST_ONLY = ["MaxLength", "FormatName", "Format", "OptionSet", "GlobalOptionSet", "Targets"];
const NAMESPACE = "Microsoft.Dynamics.CRM.";

/** `EntityDefinitions(LogicalName='…')` */
export function describeTable(table: Table, query: URLSearchParams): Described {
  const definition = {
    LogicalName: table.name,
    SchemaName: capitalise(table.name),
    EntitySetName: table.setName,
    ObjectTypeCode: table.typeCode,
    PrimaryIdAttribute: table.idColumn,
    PrimaryNameAttribute: table.columns.some((column) => column.name === "fullname") ? "fullname" : "subject",
    ChangeTrackingEnabled: true,
    IsOptimisticConcurrencyEnabled: true,
    DisplayName: label(table.label),
  };
  return { ...selected(definition, query.get("$select"), "EntityMetadata"), MetadataId: metadataId(table.name) };
}

/**
 * `EntityDefinitions(LogicalName='…')/Attributes`, plain or cast to one attribute type.
 * (Dataverse, Query schema definitions using the Web API.)
 */
export function describeColumns(table: Table, cast: string | undefined, query: URLSearchParams): readonly Described[] {
  const type = cast === undefined ? undefined : castType(cast);
  const filter = attributeFilter(query.get("$filter"));
  return table.columns
    .filter((column) => type === undefined || column.type === type)
    .map((column) => ({ column, described: describeColumn(table, column) }))
    .filter(({ described }) => filter(described))
    .map(({ column, described }) => answerOf(table, column, described, cast, query));
}

/** `EntityDefinitions(LogicalName='…')/Attributes(LogicalName='…')`, plain or cast. */
export function describeOneColumn(table: Table, name: string, cast: string | undefined, query: URLSearchParams) {
  const column = table.columns.find((one) => one.name === name);
  if (!column || (cast !== undefined && column.type !== castType(cast))) {
    const message = `Could not find an attribute with specified name: ${name} for entity with id: ${table.typeCode}`;
    throw new ODataError(404, "0x80060888", message);
  }
  return answerOf(table, column, describeColumn(table, column), cast, query);
}

function answerOf(
  table: Table,
  column: Column,
  described: Described,
  cast: string | undefined,
  query: URLSearchParams,
) {
  const select = query.get("$select");
  if (cast === undefined) {
    const castOnly = (select ?? "").split(",").find((name) => CAST_ONLY.includes(name.trim()));
    if (castOnly) throw unknownProperty(castOnly, "AttributeMetadata");
  }
  const { OptionSet, ...flat } = described;
  const expands = (query.get("$expand") ?? "").includes("OptionSet");
  return {
    "@odata.type": `#${NAMESPACE}${metadataType(column.type)}`,
    ...selected(flat, select, cast ?? "AttributeMetadata"),
    MetadataId: metadataId(`${table.name}.${column.name}`),
    ...(expands && { OptionSet, GlobalOptionSet: null }),
  };
}

function describeColumn(table: Table, column: Column): Described {
  const readOnly = column.readOnly === true;
  return {
    LogicalName: column.name,
    SchemaName: capitalise(column.name),
    EntityLogicalName: table.name,
    AttributeType: column.type === "MultiSelectPicklist" ? "Virtual" : column.type,
    AttributeTypeName: { Value: `${column.type}Type` },
    DisplayName: label(column.label),
    RequiredLevel: { Value: column.required ?? "None" },
    IsValidForCreate: !readOnly,
    IsValidForUpdate: !readOnly && column.createOnly !== true,
    IsValidForRead: true,
    IsCustomAttribute: column.custom === true,
    AttributeOf: column.attributeOf ?? null,
    IsValidODataAttribute: column.type !== "Virtual",
    SourceType: column.sourceType ?? (column.type === "Lookup" || column.type === "State" ? null : 0),
    ...(column.maxLength !== undefined && { MaxLength: column.maxLength }),
    ...(column.format !== undefined && { FormatName: { Value: column.format }, Format: column.format }),
    ...(column.targets && { Targets: column.targets }),
    ...(column.type === "Boolean" && {
      OptionSet: { TrueOption: { Value: 1, Label: label("Yes") }, FalseOption: { Value: 0, Label: label("No") } },
    }),
    ...(column.options && {
      OptionSet: { Options: column.options.map(({ value, label: text }) => ({ Value: value, Label: label(text) })) },
    }),
  };
}

function castType(cast: string): ColumnType {
  const type = /^Microsoft\.Dynamics\.CRM\.(\w+?)(?:AttributeMetadata|Type)$/.exec(cast)?.[1];
  const found = COLUMN_TYPES.find((one) => one === type);
  if (found) return found;
  throw syntaxError(`The type '${cast}' specified in the URI is not a declared entity type.`);
}

const COLUMN_TYPES: readonly ColumnType[] = [
  ...(["String", "Memo", "Boolean", "Picklist", "MultiSelectPicklist", "State", "Status", "Integer"] as const),
  ...(["BigInt", "Decimal", "Money", "DateTime", "Lookup"] as const),
];

function metadataType(type: ColumnType): string {
  return type === "Virtual" || type === "Uniqueidentifier" ? "AttributeMetadata" : `${type}AttributeMetadata`;
}

/** The documented forms: `LogicalName eq 'x'`, `IsCustomAttribute eq true`, enums with their namespace, `x/Value eq …`; joined by `and`. */
function attributeFilter(filter: string | null): (described: Described) => boolean {
  if (filter === null) return () => true;
  const terms = filter.split(/\s+and\s+/).map((term) => {
    const parts =
      /^(\w+)(\/Value)? (eq|ne) (?:Microsoft\.Dynamics\.CRM\.\w+)?(?:'([^']*)'|(true|false|null|\d+))$/.exec(
        term.trim(),
      );
    if (!parts) throw notSimulated(`the metadata filter "${term}"`);
    const [, name = "", , operator, quoted, word] = parts;
    return { name, equal: operator === "eq", value: quoted ?? word ?? "" };
  });
  return (described) => terms.every(({ name, equal, value }) => (plainText(described[name]) === value) === equal);
}

function plainText(value: unknown): string {
  if (typeof value === "object" && value !== null && "Value" in value) return String(value.Value);
  return String(value);
}

function selected(values: Described, select: string | null, type: string): Described {
  if (select === null) return values;
  const names = select.split(",").map((name) => name.trim());
  return Object.fromEntries(
    names.map((name) => {
      if (!(name in values) && !CAST_ONLY.includes(name)) throw unknownProperty(name, type);
      return [name, values[name] ?? null];
    }),
  );
}

function label(text: string) {
  const one = { Label: text, LanguageCode: 1033 };
  return { LocalizedLabels: [one], UserLocalizedLabel: one };
}

function capitalise(name: string): string {
  return name.charAt(0).toUpperCase() + name.slice(1);
}

function metadataId(of: string): string {
  const hex = createHash("sha256").update(of).digest("hex");
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20, 32)].join("-");
}
