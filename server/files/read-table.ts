import type { FileDelimiter } from "@rolodesk/shared/vocabulary";
import { decodeText } from "./decode-text.ts";
import type { FileEncodingFound } from "./inspect-upload.ts";
import { readCsv } from "./read-csv.ts";
import { readXlsx } from "./read-xlsx.ts";

export interface TableFile {
  readonly format: "csv" | "xlsx";
  readonly encoding: FileEncodingFound;
  readonly delimiter: FileDelimiter;
  readonly hasHeader: boolean;
  /** Its bytes, from the beginning. */
  readonly bytes: () => AsyncIterable<Uint8Array>;
}

/** The rows of a file as texts, without the header, in batches of at most `batchRows`. Throws `bad_request` in words. */
export async function* readTable(file: TableFile, batchRows: number): AsyncGenerator<string[][]> {
  let isFirst = true;
  for await (const batch of readAllRows(file, batchRows)) {
    const rows = isFirst && file.hasHeader ? batch.slice(1) : batch;
    isFirst = false;
    if (rows.length > 0) yield rows;
  }
}

/** The same with the header. */
export async function* readAllRows(
  { format, encoding, delimiter, bytes }: Omit<TableFile, "hasHeader">,
  batchRows: number,
): AsyncGenerator<string[][]> {
  if (format === "csv") yield* readCsv(decodeText(bytes(), encoding), delimiter, batchRows);
  else yield* readXlsx(await gather(bytes()), batchRows);
}

/** A workbook's directory is at its end, so that all of it is needed; uploads of workbooks are small enough for it. */
async function gather(bytes: AsyncIterable<Uint8Array>): Promise<Buffer> {
  const parts: Uint8Array[] = [];
  for await (const part of bytes) parts.push(part);
  return Buffer.concat(parts);
}
