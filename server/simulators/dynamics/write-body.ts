import { type Column, propertyOf, type Table } from "./columns.ts";
import type { StoredValue } from "./filter-match.ts";
import { edmType } from "./filter-match.ts";
import { badPayload, doesNotExist, ODataError } from "./odata-error.ts";
import type { Rows } from "./rows.ts";

const BIND = "@odata.bind";
const TEXT_TYPES = new Set(["String", "Memo"]);
const NUMBER_TYPES = new Set(["Picklist", "State", "Status", "Integer", "BigInt", "Decimal", "Money"]);

/**
 * The values a create or update would store. Unknown columns, wrong types, texts that are too long and options that
 * do not exist are refused with Dataverse's words; read-only columns are ignored; an empty text becomes null.
 */
export function acceptBody(rows: Rows, table: Table, body: unknown, mode: "create" | "update") {
  if (typeof body !== "object" || body === null || Array.isArray(body)) {
    throw badPayload(table.setName, "The request body is not a JSON object.");
  }
  const accepted: Record<string, StoredValue> = {};
  for (const [key, value] of Object.entries(body)) {
    if (key.endsWith(BIND)) {
      Object.assign(accepted, acceptLookup(rows, table, key.slice(0, -BIND.length), value));
      continue;
    }
    if (key.startsWith("@")) continue;
    const column = table.columns.find((one) => one.name === key && one.type !== "Lookup" && one.type !== "Virtual");
    if (!column) throw invalidProperty(table, key);
    const checked = acceptValue(table, column, value);
    if (column.readOnly || column.name === table.idColumn || (column.createOnly && mode === "update")) continue;
    accepted[key] = checked;
  }
  return { ...accepted, ...acceptState(table, accepted) };
}

/** What a person types into a form, as the column's own type: "8" becomes 8 for an option. */
export function fromForm(table: Table, values: Readonly<Record<string, unknown>>): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(values).map(([key, value]) => {
      const type = table.columns.find((column) => column.name === key)?.type ?? "String";
      if (typeof value !== "string" || value === "") return [key, value];
      if (NUMBER_TYPES.has(type)) return [key, Number(value)];
      if (type === "Boolean") return [key, value === "true"];
      return [key, value];
    }),
  );
}

function acceptValue(table: Table, column: Column, value: unknown): StoredValue {
  if (value === null || (value === "" && TEXT_TYPES.has(column.type))) return null;
  if (TEXT_TYPES.has(column.type)) return acceptText(table, column, value);
  if (column.type === "Boolean" && typeof value === "boolean") return value;
  if (NUMBER_TYPES.has(column.type) && typeof value === "number") return acceptNumber(table, column, value);
  if (column.type === "MultiSelectPicklist") return acceptChoices(table, column, value);
  const textual = column.type === "DateTime" || column.type === "Uniqueidentifier";
  if (textual && typeof value === "string" && isOfType(column, value)) return value;
  throw notConvertible(table, column, value);
}

/** `"1,3"`: every option is there. (Dataverse, Multi-select choice columns.) */
function acceptChoices(table: Table, column: Column, value: unknown): string {
  if (typeof value !== "string" || !/^\d+(,\d+)*$/.test(value)) throw notConvertible(table, column, value);
  for (const one of value.split(",")) acceptNumber(table, column, Number(one));
  return value;
}

function isOfType(column: Column, value: string): boolean {
  if (column.type === "Uniqueidentifier") return /^[0-9a-f-]{36}$/i.test(value);
  const pattern = column.format === "DateOnly" ? /^\d{4}-\d{2}-\d{2}$/ : /^\d{4}-\d{2}-\d{2}T/;
  return pattern.test(value) && !Number.isNaN(Date.parse(value));
}

function acceptText(table: Table, column: Column, value: unknown): string {
  if (typeof value !== "string") throw notConvertible(table, column, value);
  if (column.maxLength !== undefined && value.length > column.maxLength) {
    const message =
      `A validation error occurred.  The length of the '${column.name}' attribute of the '${table.name}' entity ` +
      `exceeded the maximum allowed length of '${column.maxLength}'.`;
    throw new ODataError(400, "0x80044331", message);
  }
  return value;
}

function acceptNumber(table: Table, column: Column, value: number): number {
  if (edmType(column) !== "Edm.Decimal" && !Number.isInteger(value)) throw notConvertible(table, column, value);
  if (column.options && !column.options.some((option) => option.value === value)) {
    const accepted = column.options.map((option) => option.value).join(",");
    const message =
      `A validation error occurred. The value ${value} of '${column.name}' on record of type '${table.name}' ` +
      `is outside the valid range. Accepted Values: ${accepted}`;
    throw new ODataError(400, "0x8004431A", message);
  }
  return value;
}

/** A state given alone brings its first status reason along; a reason given alone brings its state. */
function acceptState(table: Table, accepted: Readonly<Record<string, StoredValue>>): Record<string, StoredValue> {
  const reasons = table.columns.find((column) => column.name === "statuscode")?.options ?? [];
  const { statecode, statuscode } = accepted;
  if (statecode === undefined && statuscode === undefined) return {};
  const reason = reasons.find((one) => (statuscode === undefined ? one.state === statecode : one.value === statuscode));
  if (!reason || (statecode !== undefined && reason.state !== statecode)) {
    const message = `${statuscode} is not a valid status code for state code ${statecode} on ${table.name}.`;
    throw new ODataError(400, "0x80048408", message);
  }
  return { statecode: reason.state ?? null, statuscode: reason.value };
}

/** `parentcontactid@odata.bind`, or `objectid_lead@odata.bind` where several tables can be meant. */
function acceptLookup(rows: Rows, table: Table, navigation: string, value: unknown): Record<string, StoredValue> {
  for (const column of table.columns) {
    if (column.type !== "Lookup" || column.readOnly) continue;
    const targets = column.targets ?? [];
    const target = targets.find((one) => navigation === (targets.length > 1 ? `${column.name}_${one}` : column.name));
    if (!target) continue;
    if (value === null) return { [propertyOf(column)]: null };
    const id = /\(([0-9a-f-]{36})\)$/i.exec(String(value))?.[1];
    if (!id) throw badPayload(table.setName, `The URI '${value}' is not valid for '${navigation}'.`);
    const targetTable = rows.tables.find((one) => one.name === target);
    if (targetTable && !rows.find(targetTable, id)) throw doesNotExist(target, id);
    return { [propertyOf(column)]: id.toLowerCase() };
  }
  const reason = `An undeclared property '${navigation}' which only has property annotations in the payload but no property value was found in the payload.`;
  throw badPayload(table.setName, reason);
}

function invalidProperty(table: Table, name: string): ODataError {
  const type = `Microsoft.Dynamics.CRM.${table.name}`;
  return badPayload(table.setName, `Invalid property '${name}' was found in entity '${type}'.`);
}

function notConvertible(table: Table, column: Column, value: unknown): ODataError {
  const reason = `Cannot convert the literal '${String(value)}' to the expected type '${edmType(column)}'.`;
  return badPayload(table.setName, reason);
}
