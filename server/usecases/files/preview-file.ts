import type { BatchPreview, FileLayout } from "@rolodesk/shared/import-batch";
import type { UserActor } from "../../actor.ts";
import { type ImportBatchRow, readFileParts } from "../../db/queries/import-batch.ts";
import type { Deps } from "../../deps.ts";
import { DomainError } from "../../domain/domain-error.ts";
import { proposeMapping } from "../../domain/imports/propose-mapping.ts";
import { isTarget, readRow } from "../../domain/imports/read-row.ts";
import { columnNames } from "../../files/detect-table.ts";
import { getBatch } from "./batch-access.ts";
import { firstRows } from "./upload-file.ts";

const SHOWN_ROWS = 12;

/** The first rows as a layout would read them. Its columns may have changed with it; then the mapping is proposed anew. */
export async function previewFile(deps: Deps, actor: UserActor, id: string, layout: FileLayout): Promise<BatchPreview> {
  const batch = await getBatch(deps.db, actor, id);
  assertUnread(batch);
  const { encoding, delimiter, hasHeader, defaultCountry } = layout;
  const file = { format: batch.format, encoding, delimiter, bytes: () => readFileParts(deps.db, id) };
  const rows = await firstRows(file, SHOWN_ROWS + 1);
  const columns = columnNames(rows[0] ?? [], hasHeader);
  const shown = hasHeader ? rows.slice(1) : rows.slice(0, SHOWN_ROWS);
  const mapping = layout.mapping.length === columns.length ? layout.mapping : proposeMapping(columns, shown);
  assertMapping(mapping);
  return {
    columns,
    mapping: [...mapping],
    rows: shown.map((raw) => {
      const { cells, problems } = readRow(raw, mapping, [defaultCountry]);
      return { raw: raw.map((cell) => cell.slice(0, 200)), cells: { ...cells }, problems: [...problems] };
    }),
  };
}

export function assertUnread({ stagedAt, work }: ImportBatchRow): void {
  if (stagedAt === null && work === null) return;
  throw new DomainError("conflict", "The rows of this file were read already.");
}

/** Each field has at most one column, and is one there is. */
export function assertMapping(mapping: readonly (string | null)[]): void {
  const seen = new Set<string>();
  for (const [column, target] of mapping.entries()) {
    if (target === null) continue;
    const path = `mapping.${column}`;
    if (!isTarget(target)) {
      throw new DomainError("bad_request", "There is no such field.", { [path]: "There is no such field." });
    }
    if (seen.has(target)) {
      const words = "Two columns are to be the same field. Choose one of them.";
      throw new DomainError("bad_request", words, { [path]: words });
    }
    seen.add(target);
  }
}
