import type { ImportBatch, ImportBatchDetail, ImportBatchPage, ListBatches } from "@rolodesk/shared/import-batch";
import type { UserActor } from "../actor.ts";
import type { DbOrTx } from "../db/client.ts";
import { findConnection } from "../db/queries/connection.ts";
import { findListedBatch, findSameFile, type ListedBatch, listBatches } from "../db/queries/import-batch.ts";
import { countRows } from "../db/queries/import-row.ts";
import { DomainError, notFound } from "../domain/domain-error.ts";
import { readTimeCursor, toTimeCursor } from "./time-cursor.ts";

/** Newest first. */
export async function viewBatches(
  db: DbOrTx,
  actor: UserActor,
  { cursor, limit }: ListBatches,
): Promise<ImportBatchPage> {
  assertSeesAll(actor);
  const rows = await listBatches(db, limit + 1, cursor === undefined ? null : readTimeCursor(cursor));
  const page = rows.slice(0, limit);
  const last = page.at(-1)?.batch;
  const nextCursor = rows.length > limit && last ? toTimeCursor({ at: last.createdAt, id: last.id }) : null;
  return { items: page.map(toBatch), nextCursor };
}

export async function viewBatch(db: DbOrTx, actor: UserActor, id: string): Promise<ImportBatchDetail> {
  assertSeesAll(actor);
  const listed = await findListedBatch(db, id);
  if (!listed) throw notFound("import");
  const { batch } = listed;
  const [counts, same] = [await countRows(db, id), await findSameFile(db, batch)];
  const connection = batch.pushConnectionId ? await findConnection(db, batch.pushConnectionId) : undefined;
  return {
    ...toBatch(listed),
    tally: counts.map(({ class: kind, status, push, rows }) => ({ class: kind, status, push, rows })),
    created: counts.reduce((sum, one) => sum + (one.status === "imported" ? one.created : 0), 0),
    differing: counts.reduce((sum, one) => sum + one.differing, 0),
    sameAs: same ? { id: same.id, fileName: same.fileName, createdAt: same.createdAt.toISOString() } : null,
    pushConnection: connection ? { id: connection.id, name: connection.name } : null,
  };
}

/** Imported people belong to every site. */
export function assertSeesAll({ siteIds }: UserActor): void {
  if (siteIds !== null) throw new DomainError("forbidden", "This needs somebody who serves every site.");
}

function toBatch({ batch, createdByName }: ListedBatch): ImportBatch {
  return {
    id: batch.id,
    fileName: batch.fileName,
    format: batch.format,
    sizeBytes: batch.sizeBytes,
    encoding: batch.encoding,
    delimiter: batch.delimiter,
    hasHeader: batch.hasHeader,
    columns: batch.columns,
    mapping: batch.mapping,
    defaultCountry: batch.defaultCountry,
    source: batch.source,
    status: batch.status,
    work: batch.work && {
      kind: batch.work,
      total: batch.workTotal,
      done: batch.workDone,
      startedAt: batch.workStartedAt?.toISOString() ?? null,
    },
    problem: batch.problem,
    total: batch.total,
    staged: batch.stagedAt !== null,
    createdBy: createdByName,
    createdAt: batch.createdAt.toISOString(),
    undoneAt: batch.undoneAt?.toISOString() ?? null,
    version: batch.version,
  };
}
