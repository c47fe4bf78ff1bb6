import type { FixCell } from "@rolodesk/shared/import-batch";
import type { UserActor } from "../../actor.ts";
import type { Tx } from "../../db/client.ts";
import { insertAudit } from "../../db/queries/audit.ts";
import { findContact } from "../../db/queries/contact.ts";
import { type ImportRowRow, lockRow, updateRow } from "../../db/queries/import-row.ts";
import type { Deps } from "../../deps.ts";
import { DomainError, notFound } from "../../domain/domain-error.ts";
import { cleanCell, isTarget, readCells } from "../../domain/imports/read-row.ts";
import { assertStaged, getBatch } from "./batch-access.ts";
import { classifyRows } from "./classify-rows.ts";
import { publishBatch } from "./publish-batch.ts";

/** Corrects a cell of a row that waits, and looks anew whom the row is about. */
export async function fixCell(
  deps: Deps,
  actor: UserActor,
  { batchId, line }: { batchId: string; line: number },
  { field, value }: FixCell,
): Promise<void> {
  const batch = await getBatch(deps.db, actor, batchId);
  assertStaged(batch);
  if (!isTarget(field)) throw new DomainError("bad_request", "There is no such field.");
  await deps.db.transaction(async (tx) => {
    const row = await lockWaiting(tx, batchId, line);
    const clean = cleanCell(value, field);
    const { [field]: before, ...others } = row.cells;
    const read = readCells(clean === "" ? others : { ...others, [field]: clean }, [batch.defaultCountry]);
    const keyed = { line, cells: read.cells, emailNorm: read.emailNorm, phoneNorm: read.phoneNorm };
    const classified = read.problems.length > 0 ? null : (await classifyRows(tx, batchId, [keyed])).get(line);
    await updateRow(tx, batchId, line, {
      ...keyed,
      cells: { ...read.cells },
      class: classified?.class ?? "invalid",
      notes: [...(classified?.notes ?? read.problems)],
      duplicateOf: classified?.duplicateOf ?? null,
      contactId: null,
      chosen: false,
    });
    const data = { line, field, before: before ?? null, after: clean };
    await insertAudit(tx, deps, actor, {
      action: "import.fixed",
      subject: { kind: "import_batch", id: batchId },
      data,
    });
  });
  await publishBatch(deps, batchId);
}

/** Says who a row is: one of our contacts, or somebody new. */
export async function chooseContact(
  deps: Deps,
  actor: UserActor,
  { batchId, line }: { batchId: string; line: number },
  contactId: string | null,
): Promise<void> {
  assertStaged(await getBatch(deps.db, actor, batchId));
  await deps.db.transaction(async (tx) => {
    const row = await lockWaiting(tx, batchId, line);
    if (row.class === "invalid") throw new DomainError("conflict", "Correct what is wrong with the row first.");
    const chosen = contactId === null ? null : await findContact(tx, contactId);
    if (contactId !== null && (!chosen || chosen.mergedIntoId || chosen.erasedAt)) throw notFound("contact");
    const words =
      contactId === null ? `${actor.name} chose to make a new contact.` : `${actor.name} chose this contact.`;
    await updateRow(tx, batchId, line, { contactId, chosen: true, notes: [{ field: null, words }] });
    const data = { line, contactId };
    await insertAudit(tx, deps, actor, {
      action: "import.chosen",
      subject: { kind: "import_batch", id: batchId },
      data,
    });
  });
  await publishBatch(deps, batchId);
}

async function lockWaiting(tx: Tx, batchId: string, line: number): Promise<ImportRowRow> {
  const row = await lockRow(tx, batchId, line);
  if (!row) throw notFound("row");
  if (row.status !== "pending") throw new DomainError("conflict", "This row was decided already.");
  return row;
}
