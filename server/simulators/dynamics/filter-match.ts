import { type Column, queryableColumn, type Table } from "./columns.ts";
import type { Comparison, Filter, Literal } from "./filter-parser.ts";
import { likePattern } from "./like.ts";
import { syntaxError, unknownProperty } from "./odata-error.ts";

export type StoredValue = string | number | boolean | null;
export type StoredValues = Readonly<Record<string, StoredValue>>;

/** Refuses a filter that names columns the table does not have, or compares them with the wrong type. */
export function checkFilter(filter: Filter, table: Table): void {
  switch (filter.kind) {
    case "and":
    case "or":
      for (const term of filter.terms) checkFilter(term, table);
      return;
    case "not":
      checkFilter(filter.term, table);
      return;
    case "compare":
      checkTypes(columnOf(filter.property, table), filter.literal, filter.operator);
      return;
    case "in":
      columnOf(filter.property, table);
      return;
    default:
      if (edmType(columnOf(filter.property, table)) === "Edm.String") return;
      throw syntaxError(`No function signature for the function with name '${filter.kind}' matches the arguments.`);
  }
}

function columnOf(property: string, table: Table): Column {
  const column = queryableColumn(table, property);
  if (!column) throw unknownProperty(property, table.name);
  return column;
}

/** Whether a row satisfies a filter. Strings are compared without case, as every Dataverse collation does. */
export function matchesFilter(filter: Filter, values: StoredValues): boolean {
  switch (filter.kind) {
    case "and":
      return filter.terms.every((term) => matchesFilter(term, values));
    case "or":
      return filter.terms.some((term) => matchesFilter(term, values));
    case "not":
      return !matchesFilter(filter.term, values);
    case "compare":
      return compares(values[filter.property] ?? null, filter.operator, filter.literal);
    case "in": {
      const held = values[filter.property];
      return held != null && filter.values.some((value) => fold(value) === fold(held));
    }
    default: {
      const before = filter.kind === "startswith" ? "" : "%";
      const after = filter.kind === "endswith" ? "" : "%";
      const held = values[filter.property];
      return typeof held === "string" && likePattern(before + filter.pattern + after).test(held);
    }
  }
}

function compares(held: StoredValue, operator: Comparison, literal: Literal): boolean {
  if (literal.type === "null") return operator === "eq" ? held === null : operator === "ne" && held !== null;
  if (held === null) return operator === "ne";
  const order = compareValues(held, literal.type === "date" ? Date.parse(literal.value) : literal.value);
  const answers = { eq: order === 0, ne: order !== 0, gt: order > 0, ge: order >= 0, lt: order < 0, le: order <= 0 };
  return answers[operator];
}

/** Orders two values of one column; a number on the right of a date is epoch milliseconds. */
export function compareValues(left: StoredValue, right: StoredValue): number {
  if (left === null || right === null) return Number(left !== null) - Number(right !== null);
  const a = typeof right === "number" && typeof left === "string" ? Date.parse(left) : fold(left);
  const b = fold(right);
  return a === b ? 0 : a < b ? -1 : 1;
}

function fold(value: string | number | boolean): string | number | boolean {
  return typeof value === "string" ? value.toLowerCase() : value;
}

function checkTypes(column: Column, literal: Literal, operator: Comparison): void {
  if (literal.type === "null") return;
  const expected = edmType(column);
  const given: readonly EdmType[] = LITERAL_TYPES[literal.type];
  if (given.includes(expected)) return;
  throw syntaxError(
    `A binary operator with incompatible types was detected. Found operand types '${expected}' and '${given[0]}' ` +
      `for operator kind '${operator}'.`,
  );
}

const LITERAL_TYPES = {
  string: ["Edm.String"],
  guid: ["Edm.Guid"],
  date: ["Edm.DateTimeOffset", "Edm.Date"],
  number: ["Edm.Int32", "Edm.Int64", "Edm.Decimal"],
  boolean: ["Edm.Boolean"],
} as const satisfies Record<Exclude<Literal["type"], "null">, readonly EdmType[]>;

type EdmType =
  | "Edm.String"
  | "Edm.Guid"
  | "Edm.DateTimeOffset"
  | "Edm.Date"
  | "Edm.Int32"
  | "Edm.Int64"
  | "Edm.Decimal"
  | "Edm.Boolean";

export function edmType(column: Column): EdmType {
  switch (column.type) {
    case "Lookup":
    case "Uniqueidentifier":
      return "Edm.Guid";
    case "DateTime":
      return column.format === "DateOnly" ? "Edm.Date" : "Edm.DateTimeOffset";
    case "Boolean":
      return "Edm.Boolean";
    case "BigInt":
      return "Edm.Int64";
    case "Decimal":
    case "Money":
      return "Edm.Decimal";
    case "Picklist":
    case "State":
    case "Status":
    case "Integer":
      return "Edm.Int32";
    default:
      return "Edm.String";
  }
}
