import type { CrmRecord, FindQuery } from "../../domain/connector.ts";
import type { Dataverse } from "./client.ts";
import { idOf, type PersonObject, QUALIFIED, selectOf, setOf, toRecord, withAlias } from "./person.ts";
import { personFilter } from "./person-filter.ts";
import { type PersonRow, PersonRows } from "./schema.ts";

/** More hits than this for one key are ambiguous anyway. */
const MAX_HITS = 50;

export type ColumnsByTable = Readonly<Record<PersonObject, readonly string[]>>;

/**
 * One query to each table, both at once. A qualified lead stands for the contact that became of it: the contact is
 * returned, known by the lead's addresses as well, at the price of one more query when the contact was no hit itself.
 * A merged record is left out: its master holds the person.
 */
export async function findPeople(
  dataverse: Dataverse,
  query: FindQuery,
  properties: readonly string[],
  columns: ColumnsByTable,
): Promise<readonly CrmRecord[]> {
  const [contacts, leads] = await Promise.all([
    hits(dataverse, "contact", query, columns),
    hits(dataverse, "lead", query, columns),
  ]);
  const qualified = leads.filter((lead) => lead.statecode === QUALIFIED);
  const orphans = qualified.filter((lead) => !contacts.some((contact) => cameFrom(contact, lead)));
  const found = [...contacts, ...(await contactsOf(dataverse, orphans, columns))];
  const aliasOf = (contact: PersonRow) => qualified.filter((lead) => cameFrom(contact, lead));

  const people = found.map((contact) =>
    aliasOf(contact)
      .map((lead) => toRecord("lead", lead, []))
      .reduce(withAlias, toRecord("contact", contact, properties)),
  );
  const own = leads.filter((lead) => !found.some((contact) => lead.statecode === QUALIFIED && cameFrom(contact, lead)));
  return [...people, ...own.map((lead) => toRecord("lead", lead, properties))];
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

async function contactsOf(
  dataverse: Dataverse,
  leads: readonly PersonRow[],
  columns: ColumnsByTable,
): Promise<PersonRow[]> {
  if (leads.length === 0) return [];
  const terms = leads.map((lead) =>
    lead._parentcontactid_value
      ? `contactid eq ${lead._parentcontactid_value}`
      : `_originatingleadid_value eq ${idOf("lead", lead)}`,
  );
  const filter = `$filter=${encodeURIComponent(`statecode eq 0 and (${terms.join(" or ")})`)}`;
  const path = `/contacts?${selectOf("contact", columns.contact)}&${filter}&$top=${MAX_HITS}`;
  return (await dataverse({ method: "GET", path, answer: PersonRows })).value;
}
