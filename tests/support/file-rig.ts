import { ImportBatchDetail, type ImportRow, ImportRowPage, type RowTally } from "@rolodesk/shared/import-batch";
import type { UserActor } from "../../server/actor.ts";
import { contact, contactIdentity } from "../../server/db/schema/contact.ts";
import { newId } from "../../server/new-id.ts";
import { approveRows } from "../../server/usecases/files/decide-rows.ts";
import { startReading } from "../../server/usecases/files/start-reading.ts";
import { uploadFile } from "../../server/usecases/files/upload-file.ts";
import { viewBatch } from "../../server/views/import-batch.ts";
import { viewImportRows } from "../../server/views/import-row.ts";
import type { SyncRig } from "./sync-rig.ts";

export interface FileRig {
  /** Uploads text or bytes in pieces of `pieceBytes`. Returns the batch's id. */
  upload(file: string | Buffer, pieceBytes?: number): Promise<string>;
  /** Uploads, and reads it as it was proposed. */
  read(file: string | Buffer, change?: { defaultCountry?: string; source?: string }): Promise<string>;
  /** Reads it and brings in all that can be. */
  bringIn(file: string | Buffer): Promise<string>;
  batch(id: string): Promise<ImportBatchDetail>;
  rows(id: string): Promise<ImportRow[]>;
  /** `unmatched pending` → how many. */
  tally(id: string): Promise<Record<string, number>>;
  /** A contact that is there already. Returns its id. */
  contact(person: Partial<typeof contact.$inferInsert>): Promise<string>;
}

export function createFileRig(rig: SyncRig, actor: UserActor = rig.admin): FileRig {
  const { deps } = rig;
  const files: FileRig = {
    upload: (file, pieceBytes = 1000) =>
      uploadFile(deps, actor, { fileName: "people.csv", bytes: piecesOf(Buffer.from(file), pieceBytes) }),
    async read(file, change = {}) {
      const id = await files.upload(file);
      const { encoding, delimiter, hasHeader, mapping } = await files.batch(id);
      const layout = { encoding, delimiter, hasHeader, mapping, defaultCountry: null, source: "People", ...change };
      await startReading(deps, actor, id, layout);
      await rig.work();
      return id;
    },
    async bringIn(file) {
      const id = await files.read(file);
      await approveRows(deps, actor, id, { class: null });
      await rig.work();
      return id;
    },
    batch: async (id) => ImportBatchDetail.parse(await viewBatch(deps.db, actor, id)),
    async rows(id) {
      return ImportRowPage.parse(await viewImportRows(deps.db, actor, id, { after: 0, limit: 200 })).items;
    },
    tally: async (id) => counted((await files.batch(id)).tally),
    async contact(person) {
      const id = newId();
      await deps.db.insert(contact).values({ id, ...person });
      for (const kind of ["email", "phone"] as const) {
        const norm = person[kind];
        if (!norm) continue;
        await deps.db
          .insert(contactIdentity)
          .values({ id: newId(), contactId: id, kind, norm, value: norm, source: "agent" });
      }
      return id;
    },
  };
  return files;
}

function counted(tally: readonly RowTally[]): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const { class: kind, status, rows } of tally) {
    counts[`${kind} ${status}`] = (counts[`${kind} ${status}`] ?? 0) + rows;
  }
  return counts;
}

async function* piecesOf(bytes: Buffer, size: number): AsyncGenerator<Uint8Array> {
  for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size);
}
