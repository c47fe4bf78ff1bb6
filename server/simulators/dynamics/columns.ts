export type ColumnType =
  | "String"
  | "Memo"
  | "Boolean"
  | "Picklist"
  /** Several options in one value; its metadata calls it virtual. */
  | "MultiSelectPicklist"
  | "State"
  | "Status"
  | "Integer"
  | "BigInt"
  | "Decimal"
  | "Money"
  | "DateTime"
  | "Lookup"
  | "Uniqueidentifier"
  | "Virtual";

interface ColumnOption {
  readonly value: number;
  readonly label: string;
  /** Of a status reason: the state it belongs to. */
  readonly state?: number;
}

/** One column of a Dataverse table, as its metadata describes it. */
export interface Column {
  /** Logical name, e.g. `emailaddress1`. */
  readonly name: string;
  readonly type: ColumnType;
  readonly label: string;
  maxLength?: number;
  /** `Text`, `Email`, `Phone`, `Url`, `TextArea`; `DateOnly` or `DateAndTime` for DateTime. */
  readonly format?: string;
  readonly required?: "Recommended" | "ApplicationRequired" | "SystemRequired";
  readonly custom?: boolean;
  /** Writes are ignored without an error. */
  readonly readOnly?: boolean;
  readonly createOnly?: boolean;
  /** The column this one shadows, e.g. `gendercode` for `gendercodename`. */
  readonly attributeOf?: string;
  /** 1 calculated, 2 rollup. */
  readonly sourceType?: number;
  readonly options?: readonly ColumnOption[];
  readonly targets?: readonly string[];
}

export interface Table {
  readonly name: string;
  readonly setName: string;
  readonly idColumn: string;
  readonly typeCode: number;
  readonly label: string;
  readonly columns: readonly Column[];
}

type Extra = Partial<Column>;

export function text(name: string, label: string, maxLength: number, extra: Extra = {}): Column {
  return { name, type: "String", label, maxLength, format: "Text", ...extra };
}

export function email(name: string, label: string): Column {
  return text(name, label, 100, { format: "Email" });
}

export function phone(name: string, label: string, maxLength = 50): Column {
  return text(name, label, maxLength, { format: "Phone" });
}

export function memo(name: string, label: string, maxLength: number): Column {
  return { name, type: "Memo", label, maxLength, format: "TextArea" };
}

export function flag(name: string, label: string, extra: Extra = {}): Column {
  return { name, type: "Boolean", label, ...extra };
}

export function picklist(name: string, label: string, options: Readonly<Record<number, string>>): Column {
  return { name, type: "Picklist", label, options: optionList(options) };
}

export function choices(name: string, label: string, options: Readonly<Record<number, string>>): Column {
  return { name, type: "MultiSelectPicklist", label, custom: true, options: optionList(options) };
}

/** The text of an option column, which the metadata lists and queries refuse. */
export function shadow(attributeOf: string): Column {
  return { name: `${attributeOf}name`, type: "Virtual", label: `${attributeOf}name`, attributeOf, readOnly: true };
}

export function lookup(name: string, label: string, targets: readonly string[], extra: Extra = {}): Column {
  return { name, type: "Lookup", label, targets, ...extra };
}

export function plain(name: string, type: ColumnType, label: string, extra: Extra = {}): Column {
  return { name, type, label, ...extra };
}

export function optionList(options: Readonly<Record<number, string>>): ColumnOption[] {
  return Object.entries(options).map(([value, label]) => ({ value: Number(value), label }));
}

/** The name a column has in queries and answers: lookups are read as `_x_value`. */
export function propertyOf(column: Column): string {
  return column.type === "Lookup" ? `_${column.name}_value` : column.name;
}

/** The column a query or `$select` may name; undefined for shadows and unknown names. */
export function queryableColumn(table: Table, property: string): Column | undefined {
  return table.columns.find((column) => column.type !== "Virtual" && propertyOf(column) === property);
}
