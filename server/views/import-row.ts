import type {
  ImportRow,
  ImportRowDetail,
  ImportRowPage,
  ListImportRows,
  RowCandidate,
  RowDifference,
} from "@rolodesk/shared/import-batch";
import { ATTRIBUTE_PREFIX, CORE_FIELDS, fieldLabel } from "@rolodesk/shared/vocabulary";
import type { UserActor } from "../actor.ts";
import type { DbOrTx } from "../db/client.ts";
import { type ContactIdentityRow, type ContactRow, listIdentities } from "../db/queries/contact.ts";
import { listContacts } from "../db/queries/contact-export.ts";
import { findBatch } from "../db/queries/import-batch.ts";
import { findKeyHolders } from "../db/queries/import-match.ts";
import { findRow, type ImportRowRow, listRows } from "../db/queries/import-row.ts";
import { notFound } from "../domain/domain-error.ts";
import { fullName } from "../domain/identity/name.ts";
import { fileValues, planFill } from "../domain/imports/plan-fill.ts";
import { assertSeesAll } from "./import-batch.ts";
import { findRowContacts } from "./row-contacts.ts";

/** Rows in the file's order. */
export async function viewImportRows(
  db: DbOrTx,
  actor: UserActor,
  batchId: string,
  { after, limit, search, differing, ...filter }: ListImportRows,
): Promise<ImportRowPage> {
  assertSeesAll(actor);
  if (!(await findBatch(db, batchId))) throw notFound("import");
  const wanted = { ...filter, search: search || undefined, differing: differing === "true" };
  const rows = await listRows(db, batchId, wanted, { after, limit: limit + 1 });
  const page = rows.slice(0, limit);
  const idOf = await findRowContacts(db, page);
  const contacts = new Map((await listContacts(db, [...new Set(idOf.values())])).map((row) => [row.id, row]));
  return {
    items: page.map((row) => toRow(row, contacts.get(idOf.get(row.line) ?? ""))),
    nextAfter: rows.length > limit ? (page.at(-1)?.line ?? null) : null,
  };
}

/** One row beside the contact it is about, or those it could be. */
export async function viewImportRow(
  db: DbOrTx,
  actor: UserActor,
  { batchId, line }: { batchId: string; line: number },
): Promise<ImportRowDetail> {
  assertSeesAll(actor);
  const row = (await findBatch(db, batchId)) && (await findRow(db, batchId, line));
  if (!row) throw notFound("row");
  const ownId = (await findRowContacts(db, [row])).get(line);
  const ids = ownId ? [ownId] : row.class === "ambiguous" ? await possibleIds(db, row) : [];
  const contacts = await listContacts(db, ids);
  const identities = await listIdentities(db, ids);
  const own = contacts.find(({ id }) => id === ownId);
  const wouldBe = own && row.status === "pending" ? planned(row, own, identities) : null;
  return {
    ...toRow(row, own),
    candidates: contacts.map((contact) => toCandidate(contact, identities)),
    differences: (wouldBe?.differences ?? row.differences).map((one) => ({ ...one, label: unitLabel(one.unit) })),
    filled: [...(wouldBe?.filled ?? row.filled)],
  };
}

async function possibleIds(db: DbOrTx, row: ImportRowRow): Promise<string[]> {
  const holdersOf = await findKeyHolders(db, [row]);
  return [...new Set(holdersOf(row).map(({ contactId }) => contactId))];
}

function planned(row: ImportRowRow, contact: ContactRow, identities: readonly ContactIdentityRow[]) {
  const keys = new Set(
    identities.filter((one) => one.contactId === contact.id).map(({ kind, norm }) => `${kind}:${norm}`),
  );
  const { firstName, lastName, email, phone, company, title, attributes, tags } = contact;
  const core = { firstName, lastName, email, phone, company, title };
  return planFill({ core, attributes, tags, keys }, fileValues(row.cells, row));
}

function toRow(row: ImportRowRow, contact: ContactRow | undefined): ImportRow {
  return {
    line: row.line,
    cells: row.cells,
    class: row.class,
    status: row.status,
    notes: row.notes,
    duplicateOf: row.duplicateOf,
    contact: contact ? { id: contact.id, name: nameOf(contact) } : null,
    chosen: row.chosen,
    createdContact: row.createdContact,
    openDifferences: row.openDifferences,
    problem: row.problem,
    decidedBy: row.decidedBy,
    push: row.push,
    pushReason: row.pushReason,
    version: row.version,
  };
}

function toCandidate(contact: ContactRow, identities: readonly ContactIdentityRow[]): RowCandidate {
  const normsOf = (kind: "email" | "phone") =>
    identities.filter((one) => one.contactId === contact.id && one.kind === kind).map(({ norm }) => norm);
  const core = CORE_FIELDS.flatMap((field) => (contact[field] ? [[field, contact[field]] as const] : []));
  const attributes = Object.entries(contact.attributes).flatMap(([key, value]) =>
    value === null || value === "" ? [] : [[ATTRIBUTE_PREFIX + key, String(value)] as const],
  );
  return {
    id: contact.id,
    name: nameOf(contact),
    emails: normsOf("email"),
    phones: normsOf("phone"),
    values: Object.fromEntries([...core, ...attributes]),
    lastActivityAt: contact.lastActivityAt.toISOString(),
  };
}

function nameOf(contact: ContactRow): string {
  return fullName(contact) ?? contact.email ?? contact.phone ?? contact.company ?? "Without a name";
}

function unitLabel(unit: RowDifference["unit"]): string {
  return unit === "name" ? "Name" : fieldLabel(unit);
}
