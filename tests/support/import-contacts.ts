import type { ImportKind } from "@rolodesk/shared/import-run";
import { asc } from "drizzle-orm";
import type { ContactRow } from "../../server/db/queries/contact.ts";
import {
  findImportRun,
  type ImportDetailRow,
  type ImportRunRow,
  listImportDetails,
} from "../../server/db/queries/import-run.ts";
import { contact } from "../../server/db/schema/contact.ts";
import { startImport } from "../../server/usecases/imports/start-import.ts";
import type { SyncRig } from "./sync-rig.ts";

/** A whole import, to its end. */
export async function importContacts(
  rig: SyncRig,
  connectionId: string,
  kind: ImportKind = "full",
): Promise<ImportRunRow> {
  const id = await startImport(rig.deps, rig.admin, { connectionId, kind });
  await rig.workUntilIdle();
  return await importRunOf(rig, id);
}

export async function importRunOf(rig: SyncRig, id: string): Promise<ImportRunRow> {
  const run = await findImportRun(rig.deps.db, id);
  if (!run) throw new Error("There is no such import.");
  return run;
}

export async function detailsOf(rig: SyncRig, runId: string): Promise<ImportDetailRow[]> {
  return await listImportDetails(rig.deps.db, { runId }, 1_000);
}

/** Every contact, oldest first. */
export async function contactsOf(rig: SyncRig): Promise<ContactRow[]> {
  return await rig.deps.db.select().from(contact).orderBy(asc(contact.id));
}
