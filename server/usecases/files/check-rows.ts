import { advanceBatch, type ImportBatchRow } from "../../db/queries/import-batch.ts";
import { type ImportRowRow, listRows, storeClasses } from "../../db/queries/import-row.ts";
import type { Deps } from "../../deps.ts";
import { classifyRows } from "./classify-rows.ts";

const CHUNK_ROWS = 2_000;

/** Puts the rows that wait into their classes anew: our contacts have changed since the file was read. */
export async function checkRows(deps: Deps, { id }: ImportBatchRow): Promise<void> {
  let after = 0;
  for (;;) {
    const rows = await listRows(deps.db, id, { status: "pending" }, { after, limit: CHUNK_ROWS });
    const last = rows.at(-1);
    if (!last) return;
    const classes = await classifyRows(
      deps.db,
      id,
      rows.filter((row) => row.class !== "invalid"),
    );
    const changed = rows.flatMap((row) => {
      const now = classes.get(row.line);
      return now && differs(row, now) ? [{ ...now, line: row.line }] : [];
    });
    await deps.db.transaction(async (tx) => {
      await storeClasses(tx, id, changed);
      await advanceBatch(tx, id, "checking", rows.length);
    });
    after = last.line;
  }
}

function differs(row: ImportRowRow, now: { class: string; notes: readonly { words: string }[] }): boolean {
  const words = (notes: readonly { words: string }[]) => notes.map((note) => note.words).join("\n");
  return row.class !== now.class || words(row.notes) !== words(now.notes);
}
