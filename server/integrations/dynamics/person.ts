import type { ContactChannel } from "@rolodesk/shared/vocabulary";
import type { CrmRecord, FieldValue, Values } from "../../domain/connector.ts";
import { ConnectorError } from "../../domain/connector-error.ts";
import { ColumnValue, type PersonRow } from "./schema.ts";

export const PERSON_OBJECTS = ["contact", "lead"] as const;
export type PersonObject = (typeof PERSON_OBJECTS)[number];

export const EMAIL_COLUMNS = ["emailaddress1", "emailaddress2", "emailaddress3"] as const;
const SHARED_PHONE_COLUMNS = ["telephone1", "telephone2", "telephone3", "mobilephone"] as const;

/** The person's own numbers: a company's or an assistant's identify somebody else. */
export const PHONE_COLUMNS: Readonly<Record<PersonObject, readonly string[]>> = {
  contact: [...SHARED_PHONE_COLUMNS, "business2", "home2"],
  lead: SHARED_PHONE_COLUMNS,
};

const LINK_COLUMNS: Readonly<Record<PersonObject, readonly string[]>> = {
  contact: ["_masterid_value", "_originatingleadid_value"],
  lead: ["_masterid_value", "_parentcontactid_value"],
};

/** "Do not allow Emails", "Do not allow Phone Calls". Bulk email is another matter: nobody writes to one person in bulk. */
const FORBIDS: readonly (readonly [column: string, channel: ContactChannel])[] = [
  ["donotemail", "email"],
  ["donotphone", "call"],
];

/** A lead's `statecode` once a salesperson made a contact of it. */
export const QUALIFIED = 1;

export function asPersonObject(object: string): PersonObject {
  const known = PERSON_OBJECTS.find((one) => one === object);
  if (known) return known;
  throw new ConnectorError("invalid_field", `People are contacts or leads in Dynamics 365, not "${object}".`);
}

export function setOf(object: PersonObject): string {
  return `${object}s`;
}

export function idOf(object: PersonObject, row: PersonRow): string {
  const id = row[`${object}id`];
  if (id === undefined)
    throw new ConnectorError("bad_response", `Dynamics 365 answered with a ${object} without its id.`);
  return id;
}

/** `$select` for a record: the columns every record needs, and `columns`. */
export function selectOf(object: PersonObject, columns: readonly string[]): string {
  const needed = ["statecode", "modifiedon", "firstname", "lastname", ...EMAIL_COLUMNS, ...PHONE_COLUMNS[object]];
  return `$select=${[...new Set([`${object}id`, ...needed, ...LINK_COLUMNS[object], ...FORBIDS.map(([column]) => column), ...columns])].join(",")}`;
}

/** A row as the house knows it. Blank texts are null, as Dataverse stores them. */
export function toRecord(object: PersonObject, row: PersonRow, properties: readonly string[]): CrmRecord {
  return {
    object,
    externalId: idOf(object, row),
    version: row["@odata.etag"],
    values: Object.fromEntries(properties.map((property) => [property, columnValue(row, property)])),
    emails: heldTexts(row, EMAIL_COLUMNS),
    phones: heldTexts(row, PHONE_COLUMNS[object]),
    firstName: row.firstname || null,
    lastName: row.lastname || null,
    state: stateOf(object, row),
    updatedAt: row.modifiedon ?? null,
    doNotContact: FORBIDS.flatMap(([column, channel]) => (row[column] === true ? [channel] : [])),
  };
}

export function holdsEmail(row: PersonRow, email: string): boolean {
  return heldTexts(row, EMAIL_COLUMNS).some((held) => held.toLowerCase() === email.toLowerCase());
}

/** Email's local part, or what else there is: a list of leads shows nobody without a last name. */
export function lastNameFor(values: Values): string {
  const localPart = textIn(values, "emailaddress1").split("@")[0];
  return (localPart || phoneIn(values) || "Unknown").slice(0, 50);
}

/** The topic under which a new lead is listed, e.g. "Website chat: Ann Lee". */
export function subjectFor(values: Values, maxLength: number): string {
  const name = [textIn(values, "firstname"), textIn(values, "lastname")].filter(Boolean).join(" ");
  const who = name || textIn(values, "emailaddress1") || phoneIn(values);
  return (who === "" ? "Website chat" : `Website chat: ${who}`).slice(0, maxLength);
}

function phoneIn(values: Values): string {
  const column = SHARED_PHONE_COLUMNS.find((one) => textIn(values, one) !== "");
  return column ? textIn(values, column) : "";
}

function textIn(values: Values, property: string): string {
  const value = values[property];
  return typeof value === "string" ? value.trim() : "";
}

function stateOf(object: PersonObject, { statecode }: PersonRow): CrmRecord["state"] {
  if (statecode === 0) return "open";
  return object === "lead" && statecode === QUALIFIED ? "superseded" : "closed";
}

function columnValue(row: PersonRow, property: string): FieldValue {
  const parsed = ColumnValue.safeParse(row[property] ?? null);
  if (!parsed.success) {
    const message = `Dynamics 365 holds no plain value in "${property}"; it cannot be mapped.`;
    throw new ConnectorError("invalid_field", message, { properties: [property] });
  }
  return parsed.data === "" ? null : parsed.data;
}

function heldTexts(row: PersonRow, columns: readonly string[]): string[] {
  const texts = columns.flatMap((column) => {
    const value = row[column];
    return typeof value === "string" && value !== "" ? [value] : [];
  });
  return [...new Set(texts)];
}
