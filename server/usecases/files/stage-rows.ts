import { FILE_MAX_ROWS } from "@rolodesk/shared/vocabulary";
import {
  analyzeRows,
  deleteFileParts,
  type ImportBatchRow,
  readFileParts,
  updateBatch,
} from "../../db/queries/import-batch.ts";
import { copyRows, type StagedRow } from "../../db/queries/import-row.ts";
import type { Deps } from "../../deps.ts";
import { DomainError } from "../../domain/domain-error.ts";
import type { Classified } from "../../domain/imports/classify-row.ts";
import { type ReadRow, readRow } from "../../domain/imports/read-row.ts";
import { readAhead } from "../../files/read-ahead.ts";
import { readTable } from "../../files/read-table.ts";
import { classifyRows } from "./classify-rows.ts";
import { publishBatch } from "./publish-batch.ts";

/** Rows that are in memory at once, and are stored and counted together. */
const CHUNK_ROWS = 4_000;
const NEWS_EVERY_CHUNKS = 5;

/**
 * Reads the rows of a file into the database, each with its class. Memory does not grow with the file. After a kill it goes on
 * where the last stored rows end: the file is read again, what is stored is not stored twice.
 */
export async function stageRows(deps: Deps, batch: ImportBatchRow): Promise<void> {
  try {
    if (!(await readOn(deps, batch))) return;
  } catch (error) {
    if (!(error instanceof DomainError)) throw error;
    await updateBatch(deps.db, batch.id, { status: "failed", work: null, problem: error.message });
    return;
  }
  await analyzeRows(deps.db);
  await deps.db.transaction(async (tx) => {
    await updateBatch(tx, batch.id, { status: "pending", work: null, stagedAt: deps.now() });
    await deleteFileParts(tx, batch.id);
  });
}

/** Whether it came to the end of the file, and not somebody else. */
async function readOn(deps: Deps, batch: ImportBatchRow): Promise<boolean> {
  let { total } = batch;
  let chunks = 0;
  for await (const rows of readAhead(classifiedRows(deps, batch))) {
    if (!(await copyRows(deps.db, batch.id, total, rows))) return false;
    total += rows.length;
    chunks += 1;
    if (chunks % NEWS_EVERY_CHUNKS === 0) await publishBatch(deps, batch.id);
  }
  if (total === 0) throw new DomainError("bad_request", "The file has a header, and no rows below it.");
  return true;
}

/** While some rows are stored, those after them are put into classes, and those after them are read. */
async function* classifiedRows(deps: Deps, batch: ImportBatchRow): AsyncGenerator<StagedRow[], void> {
  let before: readonly NumberedRow[] = [];
  for await (const rows of readAhead(freshRows(deps, batch))) {
    const valid = rows.filter(({ problems }) => problems.length === 0);
    const classes = await classifyRows(deps.db, batch.id, valid, before);
    yield rows.map((row) => toStaged(row, classes.get(row.line)));
    before = valid;
  }
}

type NumberedRow = ReadRow & { readonly line: number };

/** The rows that are not stored yet, in our fields. */
async function* freshRows(deps: Deps, batch: ImportBatchRow): AsyncGenerator<NumberedRow[], void> {
  let line = 0;
  const file = { ...batch, bytes: () => readAhead(readFileParts(deps.db, batch.id)) };
  for await (const raw of readTable(file, CHUNK_ROWS)) {
    const skipped = Math.max(0, batch.total - line);
    const first = line + 1;
    line += raw.length;
    if (line > FILE_MAX_ROWS) {
      const most = FILE_MAX_ROWS.toLocaleString("en");
      throw new DomainError("bad_request", `The file has more than ${most} rows. Split it and bring in its parts.`);
    }
    if (line <= batch.total) continue;
    yield raw.slice(skipped).map((cells, index) => ({
      line: first + skipped + index,
      ...readRow(cells, batch.mapping, [batch.defaultCountry]),
    }));
  }
}

function toStaged(row: NumberedRow, classified: Classified | undefined): StagedRow {
  const { line, cells, emailNorm, phoneNorm, problems } = row;
  return {
    line,
    cells,
    emailNorm,
    phoneNorm,
    class: classified?.class ?? "invalid",
    notes: classified?.notes ?? problems,
    duplicateOf: classified?.duplicateOf ?? null,
  };
}
