import type { DbOrTx } from "../../db/client.ts";
import { type FirstRow, findFirstRows, findKeyHolders } from "../../db/queries/import-match.ts";
import { namesAgree } from "../../domain/identity/name.ts";
import { classifyAmong, type KeyedCells } from "../../domain/imports/classify-among.ts";
import type { Classified, EarlierRow } from "../../domain/imports/classify-row.ts";
import { nameInCells } from "../../domain/imports/plan-fill.ts";

/**
 * Whom each of these valid rows of a file is about, by line. Rows before them in the file count: those that are stored, those
 * among `rows`, and `unstored`, which come just before them and may not be stored yet.
 */
export async function classifyRows(
  db: DbOrTx,
  batchId: string,
  rows: readonly KeyedCells[],
  unstored: readonly KeyedCells[] = [],
): Promise<ReadonlyMap<number, Classified>> {
  if (rows.length === 0) return new Map();
  const holdersOf = await findKeyHolders(db, rows);
  const earlier = firstOf(await findFirstRows(db, batchId, rows), unstored, rows);
  return new Map(rows.map((row) => [row.line, classifyAmong(row, holdersOf(row), earlier.get(row.line) ?? null)]));
}

const KEYS = ["email", "phone"] as const;

/** The first row before each of `rows` with its email, else with its phone. */
function firstOf(
  stored: readonly FirstRow[],
  unstored: readonly KeyedCells[],
  rows: readonly KeyedCells[],
): ReadonlyMap<number, EarlierRow> {
  const firsts = { email: new Map<string, EarlierCells>(), phone: new Map<string, EarlierCells>() };
  for (const first of stored) firsts[first.kind].set(first.norm, first);
  for (const row of unstored) {
    for (const by of KEYS) {
      const norm = normOf(row, by);
      if (norm !== null && !firsts[by].has(norm)) firsts[by].set(norm, row);
    }
  }
  const result = new Map<number, EarlierRow>();
  for (const row of rows) {
    for (const by of KEYS) {
      const norm = normOf(row, by);
      if (norm === null) continue;
      const first = firsts[by].get(norm);
      if (!first || first.line > row.line) firsts[by].set(norm, row);
      else if (first.line < row.line && !result.has(row.line)) result.set(row.line, toEarlier(first, row, by));
    }
  }
  return result;
}

type EarlierCells = Omit<KeyedCells, "phoneNorm">;

function normOf(row: KeyedCells, by: (typeof KEYS)[number]): string | null {
  return by === "email" ? row.emailNorm : row.phoneNorm;
}

function toEarlier(before: EarlierCells, row: KeyedCells, by: (typeof KEYS)[number]): EarlierRow {
  const hasOtherEmail = row.emailNorm !== null && before.emailNorm !== null && before.emailNorm !== row.emailNorm;
  return {
    line: before.line,
    byEmail: by === "email",
    hasOtherEmail,
    nameAgrees: hasOtherEmail && namesAgree(nameInCells(before.cells), nameInCells(row.cells)),
  };
}
