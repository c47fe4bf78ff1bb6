import type { CrmRecord, FieldValue, Values } from "../../domain/connector.ts";
import { ConnectorError } from "../../domain/connector-error.ts";
import type { Dataverse } from "./client.ts";
import { columnType } from "./fields.ts";
import { asPersonObject, PERSON_OBJECTS, type PersonObject } from "./person.ts";
import { ColumnList } from "./schema.ts";

/** Text columns that contact and lead have in every environment: they need no look into the metadata. */
const STANDARD_TEXT_COLUMNS = new Set([
  ...["firstname", "middlename", "lastname", "salutation", "jobtitle", "description", "fax", "websiteurl"],
  ...["emailaddress1", "emailaddress2", "emailaddress3"],
  ...["telephone1", "telephone2", "telephone3", "mobilephone", "pager"],
  ...["address1_line1", "address1_city", "address1_stateorprovince", "address1_postalcode", "address1_country"],
]);

/** Several options travel as one text, `"1,3"`. (Dataverse, Multi-select choice columns.) */
const SEVERAL = "MultiSelectPicklist";
const FRESH_MS = 60 * 60 * 1000;
const NUMBER_TYPES = new Set(["Picklist", "State", "Status", "Integer", "BigInt", "Decimal", "Double", "Money"]);

type ColumnTypes = ReadonlyMap<string, string>;

/** What is known of the columns of every environment, for an hour. */
export type ColumnCache = Map<string, { readonly types: ColumnTypes; readonly at: number }>;

export interface TableColumns {
  /** Of `properties`, those each table has. Throws `invalid_field` for one that neither has. */
  split(properties: readonly string[]): Promise<Readonly<Record<PersonObject, readonly string[]>>>;
  /** Values in the columns' own types: an option `"8"` as the number 8. Throws `invalid_field` for unknown columns. */
  typed(object: PersonObject, values: Values): Promise<Values>;
  /** A record as the Web API gave it, with several options in one value as a list. Knows them once `split` was asked. */
  listed(record: CrmRecord): CrmRecord;
  /** The metadata moved on: it is read again next time. */
  forget(): void;
}

export function createTableColumns(
  dataverse: Dataverse,
  cache: ColumnCache,
  environmentUrl: string,
  now: () => number,
): TableColumns {
  const keyOf = (object: PersonObject) => `${environmentUrl} ${object}`;

  async function typesOf(object: PersonObject): Promise<ColumnTypes> {
    const held = cache.get(keyOf(object));
    if (held && held.at + FRESH_MS > now()) return held.types;
    const select = "$select=LogicalName,AttributeType,AttributeTypeName";
    const filter = `$filter=${encodeURIComponent("IsValidODataAttribute eq true")}`;
    const path = `/EntityDefinitions(LogicalName='${object}')/Attributes?${select}&${filter}`;
    const { value } = await dataverse({ method: "GET", path, answer: ColumnList });
    const types = new Map(value.map((column) => [column.LogicalName, columnType(column)]));
    cache.set(keyOf(object), { types, at: now() });
    return types;
  }

  return {
    async split(properties) {
      if (properties.every((property) => STANDARD_TEXT_COLUMNS.has(property))) {
        return { contact: properties, lead: properties };
      }
      const [contact, lead] = await Promise.all(PERSON_OBJECTS.map(typesOf));
      const unknown = properties.filter((property) => !contact?.has(property) && !lead?.has(property));
      if (unknown.length > 0) throw unknownColumns("contacts and leads", unknown);
      return {
        contact: properties.filter((property) => contact?.has(property)),
        lead: properties.filter((property) => lead?.has(property)),
      };
    },
    async typed(object, values) {
      const names = Object.keys(values);
      if (names.every((name) => STANDARD_TEXT_COLUMNS.has(name))) return values;
      const types = await typesOf(object);
      const unknown = names.filter((name) => !types.has(name));
      if (unknown.length > 0) throw unknownColumns(`${object}s`, unknown);
      return Object.fromEntries(names.map((name) => [name, typedValue(types.get(name), values[name] ?? null)]));
    },
    listed(record) {
      const types = cache.get(keyOf(asPersonObject(record.object)))?.types;
      const values = Object.entries(record.values).map(([name, value]): [string, FieldValue] => [
        name,
        types?.get(name) === SEVERAL && typeof value === "string" ? value.split(",") : value,
      ]);
      return { ...record, values: Object.fromEntries(values) };
    },
    forget() {
      for (const object of PERSON_OBJECTS) cache.delete(keyOf(object));
    },
  };
}

/** An unreadable text is sent as it is: Dataverse's own refusal names what it wants. */
function typedValue(type: string | undefined, value: FieldValue): FieldValue {
  if (type === SEVERAL && Array.isArray(value)) return value.length === 0 ? null : value.join(",");
  if (typeof value !== "string" || type === undefined) return value;
  if (NUMBER_TYPES.has(type)) return value.trim() !== "" && Number.isFinite(Number(value)) ? Number(value) : value;
  if (type === "Boolean" && (value === "true" || value === "false")) return value === "true";
  return value;
}

function unknownColumns(where: string, names: readonly string[]): ConnectorError {
  const message = `Dynamics 365 has no column ${names.map((name) => `"${name}"`).join(", ")} on ${where}. Correct the data mapping.`;
  return new ConnectorError("invalid_field", message, { properties: names });
}
