import { and, eq, sql } from "drizzle-orm";
import type { DbOrTx } from "../client.ts";
import { importBatch, importRow, type RowCount } from "../schema/staging.ts";
import type { ImportBatchRow } from "./import-batch.ts";

/** How many rows there are of each kind: counted once for a version of a batch, unless it is being worked on. */
export async function tallyRows(
  db: DbOrTx,
  { id, version, work, tally, talliedVersion }: ImportBatchRow,
): Promise<RowCount[]> {
  if (tally !== null && talliedVersion === version) return tally;
  const counts = await countRows(db, id);
  if (work !== null) return counts;
  // not where rows have changed meanwhile: who changes them waits for this lock or has counted the version up
  await db
    .update(importBatch)
    .set({ tally: counts, talliedVersion: version })
    .where(and(eq(importBatch.id, id), eq(importBatch.version, version)));
  return counts;
}

export async function countRows(db: DbOrTx, batchId: string): Promise<RowCount[]> {
  return await db
    .select({
      class: importRow.class,
      status: importRow.status,
      push: importRow.push,
      rows: sql<number>`count(*)::int`,
      created: sql<number>`(count(*) filter (where ${importRow.createdContact}))::int`,
      differing: sql<number>`(count(*) filter (where ${importRow.openDifferences} > 0))::int`,
    })
    .from(importRow)
    .where(eq(importRow.batchId, batchId))
    .groupBy(importRow.class, importRow.status, importRow.push);
}
