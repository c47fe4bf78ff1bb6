import type { CrmRecord, FindQuery } from "../../domain/connector.ts";
import { bothEnded } from "../both-ended.ts";
import type { Dataverse } from "./client.ts";
import { holdsEmail, type PersonObject, QUALIFIED, selectOf, setOf, toRecord } from "./person.ts";
import { personFilter } from "./person-filter.ts";
import { type PersonRow, PersonRows } from "./schema.ts";

/** More hits than this for one key are ambiguous anyway. */
const MAX_HITS = 50;

export type ColumnsByTable = Readonly<Record<PersonObject, readonly string[]>>;

/**
 * One query to each table, both at once. A qualified lead is shown as superseded, unless the contact that became of it
 * was found by the same key. A merged record is left out: its master holds the person.
 */
export async function findPeople(
  dataverse: Dataverse,
  query: FindQuery,
  properties: readonly string[],
  columns: ColumnsByTable,
): Promise<readonly CrmRecord[]> {
  const [contacts, leads] = await bothEnded(
    hits(dataverse, "contact", query, columns),
    hits(dataverse, "lead", query, columns),
  );
  const own = leads.filter((lead) => !contacts.some((contact) => standsFor(contact, lead, query)));
  return [
    ...contacts.map((contact) => toRecord("contact", contact, properties)),
    ...own.map((lead) => toRecord("lead", lead, properties)),
  ];
}

/** Whether the contact says all that the qualified lead would: they are one person, and the email leads to both. */
function standsFor(contact: PersonRow, lead: PersonRow, { email }: FindQuery): boolean {
  if (lead.statecode !== QUALIFIED || !cameFrom(contact, lead)) return false;
  return email === undefined || holdsEmail(contact, email) || !holdsEmail(lead, email);
}

/** Whether qualifying the lead made, or chose, this contact. */
function cameFrom(contact: PersonRow, lead: PersonRow): boolean {
  if (lead._parentcontactid_value) return lead._parentcontactid_value === contact.contactid;
  return contact._originatingleadid_value === lead.leadid;
}

async function hits(
  dataverse: Dataverse,
  object: PersonObject,
  query: FindQuery,
  columns: ColumnsByTable,
): Promise<PersonRow[]> {
  const filter = personFilter(query, object);
  if (filter === undefined) return [];
  const path = `/${setOf(object)}?${selectOf(object, columns[object])}&${filter}&$top=${MAX_HITS}`;
  const { value } = await dataverse({ method: "GET", path, answer: PersonRows });
  return value.filter((row) => !row._masterid_value);
}
