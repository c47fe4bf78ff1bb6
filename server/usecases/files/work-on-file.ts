import { analyzeRows, findBatch, type ImportBatchRow } from "../../db/queries/import-batch.ts";
import type { Deps } from "../../deps.ts";
import { checkRows } from "./check-rows.ts";
import { goOnLater } from "./enqueue-work.ts";
import { importChunk } from "./import-chunk.ts";
import { publishBatch } from "./publish-batch.ts";
import { pushRows } from "./push-rows.ts";
import { rest } from "./rest.ts";
import { stageRows } from "./stage-rows.ts";
import { undoRows } from "./undo-rows.ts";

/** How long one job goes on before it makes way for others. */
const SLICE_MS = 4_000;
const NEWS_EVERY_MS = 1_000;

/**
 * The job of a batch: goes on with whatever is being done with it. Safe to call again at any moment: rows are counted in the
 * transaction that stores what became of them.
 */
export async function workOnFile(deps: Deps, { batchId }: { batchId: string }): Promise<void> {
  const batch = await findBatch(deps.db, batchId);
  if (!batch?.work) return;
  await goOn(deps, batch, batch.work);
  await publishBatch(deps, batchId);
}

async function goOn(deps: Deps, batch: ImportBatchRow, work: NonNullable<ImportBatchRow["work"]>): Promise<void> {
  switch (work) {
    case "staging":
      return await stageRows(deps, batch);
    case "checking":
      await checkRows(deps, batch);
      return await rest(deps, batch.id);
    case "importing":
      return await importAll(deps, batch);
    case "pushing":
      return (await pushRows(deps, batch)) === "done" ? await rest(deps, batch.id) : undefined;
    case "undoing":
      await undoRows(deps, batch);
      return await rest(deps, batch.id, { undoneAt: deps.now() });
  }
}

async function importAll(deps: Deps, batch: ImportBatchRow): Promise<void> {
  const started = deps.now().getTime();
  let told = started;
  let after = 0;
  for (;;) {
    const last = await importChunk(deps, batch, after);
    // rows before it may have been approved meanwhile
    if (last === null && after === 0) {
      await analyzeRows(deps.db);
      return await rest(deps, batch.id);
    }
    after = last ?? 0;
    const now = deps.now().getTime();
    if (now - told > NEWS_EVERY_MS) {
      told = now;
      await publishBatch(deps, batch.id);
    }
    if (now - started > SLICE_MS) return await deps.db.transaction((tx) => goOnLater(tx, deps, batch.id));
  }
}
