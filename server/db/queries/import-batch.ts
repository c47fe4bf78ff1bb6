import type { BatchWork } from "@rolodesk/shared/vocabulary";
import { and, desc, eq, isNotNull, isNull, lt, ne, or, sql } from "drizzle-orm";
import type { Db, DbOrTx, Tx } from "../client.ts";
import { user } from "../schema/auth.ts";
import { importBatch, importFilePart, importRow } from "../schema/staging.ts";

export type ImportBatchRow = typeof importBatch.$inferSelect;
type BatchChange = Partial<Omit<typeof importBatch.$inferInsert, "id" | "version">>;

export async function insertBatch(db: DbOrTx, batch: typeof importBatch.$inferInsert): Promise<void> {
  await db.insert(importBatch).values(batch);
}

/** A batch whose file has come in whole. */
export async function findBatch(db: DbOrTx, id: string): Promise<ImportBatchRow | undefined> {
  const [row] = await db
    .select()
    .from(importBatch)
    .where(and(eq(importBatch.id, id), isNotNull(importBatch.uploadedAt)));
  return row;
}

export async function lockBatch(tx: Tx, id: string): Promise<ImportBatchRow | undefined> {
  const [row] = await tx
    .select()
    .from(importBatch)
    .where(and(eq(importBatch.id, id), isNotNull(importBatch.uploadedAt)))
    .for("update");
  return row;
}

/** Changes a batch and counts its version up. */
export async function updateBatch(db: DbOrTx, id: string, change: BatchChange): Promise<void> {
  await db
    .update(importBatch)
    .set({ ...change, version: sql`${importBatch.version} + 1` })
    .where(eq(importBatch.id, id));
}

/** Counts rows of its work as done, if it is still at it; returns whether it was. */
export async function advanceBatch(tx: DbOrTx, id: string, work: BatchWork, rows: number): Promise<boolean> {
  const changed = await tx
    .update(importBatch)
    .set({ workDone: sql`${importBatch.workDone} + ${rows}`, version: sql`${importBatch.version} + 1` })
    .where(and(eq(importBatch.id, id), eq(importBatch.work, work)))
    .returning({ id: importBatch.id });
  return changed.length === 1;
}

/** A batch with its rows and the bytes of its file. */
export async function deleteBatch(db: DbOrTx, id: string): Promise<void> {
  await db.delete(importRow).where(eq(importRow.batchId, id));
  await db.delete(importBatch).where(eq(importBatch.id, id));
}

/** Uploads that broke off, their bytes included. */
export async function deleteBrokenUploads(db: DbOrTx, before: Date): Promise<void> {
  await db.delete(importBatch).where(and(isNull(importBatch.uploadedAt), lt(importBatch.createdAt, before)));
}

export interface ListedBatch {
  readonly batch: ImportBatchRow;
  readonly createdByName: string;
}

/** Newest first, below `after`. */
export async function listBatches(
  db: DbOrTx,
  limit: number,
  after: { at: Date; id: string } | null,
): Promise<ListedBatch[]> {
  const below = after
    ? or(lt(importBatch.createdAt, after.at), and(eq(importBatch.createdAt, after.at), lt(importBatch.id, after.id)))
    : undefined;
  return await db
    .select({ batch: importBatch, createdByName: user.name })
    .from(importBatch)
    .innerJoin(user, eq(user.id, importBatch.createdBy))
    .where(and(isNotNull(importBatch.uploadedAt), below))
    .orderBy(desc(importBatch.createdAt), desc(importBatch.id))
    .limit(limit);
}

/** The last other batch made of the very same bytes. */
export async function findSameFile(
  db: DbOrTx,
  { id, sha256 }: Pick<ImportBatchRow, "id" | "sha256">,
): Promise<ImportBatchRow | undefined> {
  const [row] = await db
    .select()
    .from(importBatch)
    .where(and(eq(importBatch.sha256, sha256), ne(importBatch.id, id), isNotNull(importBatch.uploadedAt)))
    .orderBy(desc(importBatch.createdAt))
    .limit(1);
  return row;
}

export async function insertFilePart(db: DbOrTx, batchId: string, position: number, bytes: Buffer): Promise<void> {
  await db.insert(importFilePart).values({ batchId, position, bytes });
}

/** A file's bytes, one part in memory at a time. */
export async function* readFileParts(db: Db, batchId: string): AsyncGenerator<Uint8Array, void> {
  for (let position = 0; ; position += 1) {
    const [part] = await db
      .select({ bytes: importFilePart.bytes })
      .from(importFilePart)
      .where(and(eq(importFilePart.batchId, batchId), eq(importFilePart.position, position)));
    if (!part) return;
    yield part.bytes;
  }
}

export async function deleteFileParts(db: DbOrTx, batchId: string): Promise<void> {
  await db.delete(importFilePart).where(eq(importFilePart.batchId, batchId));
}

export async function findListedBatch(db: DbOrTx, id: string): Promise<ListedBatch | undefined> {
  const [row] = await db
    .select({ batch: importBatch, createdByName: user.name })
    .from(importBatch)
    .innerJoin(user, eq(user.id, importBatch.createdBy))
    .where(and(eq(importBatch.id, id), isNotNull(importBatch.uploadedAt)));
  return row;
}

/**
 * Lets the planner know of the rows a file has brought, or of what became of them all: it would choose by what the table was
 * before. That there are many, and in which classes and states, a tenth of the usual sample tells as well.
 */
export async function analyzeRows(db: Db): Promise<void> {
  await db.transaction(async (tx) => {
    await tx.execute(sql`set local default_statistics_target = 10`);
    await tx.execute(sql`analyze import_row (batch_id, line, class, status)`);
  });
}
