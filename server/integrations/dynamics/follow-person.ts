import type { CrmRecord, Lookup, RecordRef } from "../../domain/connector.ts";
import { ConnectorError } from "../../domain/connector-error.ts";
import type { Dataverse } from "./client.ts";
import type { ColumnsByTable } from "./find-people.ts";
import { asPersonObject, idOf, type PersonObject, QUALIFIED, selectOf, setOf, toRecord } from "./person.ts";
import { PersonRow, PersonRows } from "./schema.ts";

/** Merges of merges: a chain longer than this is a loop. */
const MAX_HOPS = 5;

interface Found {
  readonly object: PersonObject;
  readonly row: PersonRow;
}

/**
 * A keyed read that goes on to where the person is now: from a merged record to its master, from a qualified lead to
 * its contact. A qualified lead without a contact stays where it is, closed.
 */
export async function followPerson(
  dataverse: Dataverse,
  ref: RecordRef,
  properties: readonly string[],
  columns: ColumnsByTable,
): Promise<Lookup> {
  const read = (object: PersonObject, id: string) => readPerson(dataverse, object, id, columns);
  const first = await read(asPersonObject(ref.object), ref.externalId);
  if (!first) return { kind: "gone" };
  let at: Found = first;
  let reason: "merged" | "qualified" | null = null;

  for (let hops = 0; hops < MAX_HOPS; hops += 1) {
    const master: string | null | undefined = at.row._masterid_value;
    const next: Found | undefined = master
      ? await read(at.object, master)
      : await contactOf(dataverse, at, columns, (id) => read("contact", id));
    if (!next) break;
    reason = next.object === at.object ? (reason ?? "merged") : "qualified";
    at = next;
  }
  const record = stayed(toRecord(at.object, at.row, properties));
  return reason === null ? { kind: "found", record } : { kind: "moved", record, reason };
}

/** Nothing took its place: a qualified lead without a contact is just closed. */
function stayed(record: CrmRecord): CrmRecord {
  return record.state === "superseded" ? { ...record, state: "closed" } : record;
}

/** Undefined when the environment has no such record. */
async function readPerson(
  dataverse: Dataverse,
  object: PersonObject,
  id: string,
  columns: ColumnsByTable,
): Promise<Found | undefined> {
  const path = `/${setOf(object)}(${encodeURIComponent(id)})?${selectOf(object, columns[object])}`;
  try {
    return { object, row: await dataverse({ method: "GET", path, answer: PersonRow }) };
  } catch (error) {
    if (error instanceof ConnectorError && error.code === "not_found") return undefined;
    throw error;
  }
}

/**
 * The contact a qualified lead became. A chosen one is named by the lead; a new one names the lead. Several that name
 * it (the lead was reopened and qualified again) leave it undecided.
 */
async function contactOf(
  dataverse: Dataverse,
  { object, row }: Found,
  columns: ColumnsByTable,
  readContact: (id: string) => Promise<Found | undefined>,
): Promise<Found | undefined> {
  if (object !== "lead" || row.statecode !== QUALIFIED) return undefined;
  if (row._parentcontactid_value) return readContact(row._parentcontactid_value);
  const filter = `$filter=${encodeURIComponent(`_originatingleadid_value eq ${idOf("lead", row)}`)}`;
  const path = `/contacts?${selectOf("contact", columns.contact)}&${filter}&$top=2`;
  const { value } = await dataverse({ method: "GET", path, answer: PersonRows });
  const [only, another] = value;
  return only && !another ? { object: "contact", row: only } : undefined;
}
