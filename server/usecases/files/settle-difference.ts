import type { SettleDifference } from "@rolodesk/shared/import-batch";
import { ATTRIBUTE_PREFIX, CORE_FIELDS, type CoreField } from "@rolodesk/shared/vocabulary";
import type { UserActor } from "../../actor.ts";
import { insertAudit } from "../../db/queries/audit.ts";
import { type LockedContact, lockContacts } from "../../db/queries/contact-keys.ts";
import { insertIdentities, updateContacts } from "../../db/queries/import-page.ts";
import { lockRow, updateRow } from "../../db/queries/import-row.ts";
import type { ValueOrigin } from "../../db/schema/contact.ts";
import type { Deps } from "../../deps.ts";
import { DomainError, notFound } from "../../domain/domain-error.ts";
import { fullName } from "../../domain/identity/name.ts";
import { type FileValues, fileValues } from "../../domain/imports/plan-fill.ts";
import { getBatch } from "./batch-access.ts";
import { publishBatch } from "./publish-batch.ts";

/**
 * Keeps our value or takes the file's, for one difference of an imported row. A value of ours that has changed since it was
 * seen is never replaced: `conflict`, and the row shows the new one.
 */
export async function settleDifference(
  deps: Deps,
  actor: UserActor,
  { batchId, line }: { batchId: string; line: number },
  { unit, decision, seenOurs }: SettleDifference,
): Promise<void> {
  await getBatch(deps.db, actor, batchId);
  const moved = await deps.db.transaction(async (tx) => {
    const row = await lockRow(tx, batchId, line);
    if (!row?.contactId || row.status !== "imported") throw notFound("row");
    const open = row.differences.find((one) => one.unit === unit && one.decision === null);
    if (!open) throw new DomainError("conflict", "This was decided already.");
    const [locked] = await lockContacts(tx, [row.contactId]);
    if (!locked) throw new DomainError("conflict", "The contact is not there any more.");

    const ours = heldValue(locked, unit);
    const isMoved = ours !== seenOurs && decision === "file";
    const settled = isMoved ? { ...open, ours } : { ...open, decision, by: actor.name };
    const differences = row.differences.map((one) => (one === open ? settled : one));
    const openDifferences = differences.filter((one) => one.decision === null).length;
    await updateRow(tx, batchId, line, { differences, openDifferences });
    if (isMoved) return true;
    if (decision === "file") {
      const values = fileValues(row.cells, row);
      const { changed, identities } = taken(deps, locked, unit, values);
      await updateContacts(tx, [changed], deps.now());
      await insertIdentities(tx, identities);
    }
    const data = { line, unit, ours, file: open.file, decision };
    const subject = { kind: "import_batch", id: batchId };
    await insertAudit(tx, deps, actor, { action: "import.settled", subject, contactId: row.contactId, data });
    return false;
  });
  await publishBatch(deps, batchId);
  if (moved) throw new DomainError("conflict", "Our value has changed since you saw it. Look at it and decide again.");
}

function heldValue({ contact }: LockedContact, unit: string): string {
  if (unit === "name") return fullName(contact) ?? "";
  const core = CORE_FIELDS.find((field) => field === unit);
  if (core) return contact[core] ?? "";
  const key = unit.slice(ATTRIBUTE_PREFIX.length);
  return Object.hasOwn(contact.attributes, key) ? String(contact.attributes[key] ?? "") : "";
}

/** The contact with the file's value, which somebody has vouched for. */
function taken(deps: Deps, { contact }: LockedContact, unit: string, values: FileValues) {
  const fields: CoreField[] =
    unit === "name" ? ["firstName", "lastName"] : CORE_FIELDS.filter((field) => field === unit);
  const origin: ValueOrigin = { sure: "agent", at: deps.now().toISOString(), conversationId: null };
  const key = unit.slice(ATTRIBUTE_PREFIX.length);
  const attribute = unit.startsWith(ATTRIBUTE_PREFIX) ? { [key]: values.attributes[key] ?? null } : {};
  const changed = {
    ...contact,
    ...Object.fromEntries(fields.map((field) => [field, values.core[field] ?? contact[field]])),
    attributes: { ...contact.attributes, ...attribute },
    origins: { ...contact.origins, ...Object.fromEntries(fields.map((field) => [field, origin])) },
  };
  const identities = (["email", "phone"] as const).flatMap((kind) => {
    const norm = values.core[kind];
    if (unit !== kind || norm === undefined) return [];
    return [{ id: deps.newId(), contactId: contact.id, kind, norm, value: norm, source: "file" as const }];
  });
  return { changed, identities };
}
