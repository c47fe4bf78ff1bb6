import type { FileDelimiter } from "@rolodesk/shared/vocabulary";
import { CsvError, type Options, parse } from "csv-parse";
import { DomainError } from "../domain/domain-error.ts";

export const COLUMNS_MAX = 200;
/** With line ends in quotes a row may have many lines; more than this is a quote nobody closed. */
const ROW_MAX_BYTES = 1024 * 1024;

/** Rows can be long: a batch ends early after this much of the file, so that memory depends on no file. */
const BATCH_MAX_CHARS = 4 * 1024 * 1024;

/**
 * The rows of a CSV file (RFC 4180), in batches as they are read. A quote in the middle of a cell is a character; rows of
 * another width are the reader's business. Throws `bad_request` for what cannot be rows.
 */
export async function* readCsv(
  text: AsyncIterable<string>,
  delimiter: FileDelimiter,
  batchRows: number,
): AsyncGenerator<string[][]> {
  const parser = parse({ ...OPTIONS, delimiter });
  const taken: string[][] = [];
  let failure: Error | null = null;
  parser.on("readable", () => {
    for (let row = nextRow(parser); row; row = nextRow(parser)) taken.push(row);
  });
  parser.on("error", (error) => {
    failure = error;
  });
  const ended = new Promise<void>((resolve) => parser.once("close", resolve));

  let chars = 0;
  for await (const piece of text) {
    await written(parser, piece);
    if (failure) throw toProblem(failure);
    chars += piece.length;
    while (taken.length >= batchRows || (chars >= BATCH_MAX_CHARS && taken.length > 0)) {
      chars = 0;
      yield checked(taken.splice(0, batchRows));
    }
  }
  parser.end();
  await ended;
  if (failure) throw toProblem(failure);
  while (taken.length > 0) yield checked(taken.splice(0, batchRows));
}

const OPTIONS: Options = {
  relax_column_count: true,
  relax_quotes: true,
  skip_empty_lines: true,
  max_record_size: ROW_MAX_BYTES,
  record_delimiter: ["\r\n", "\n", "\r"],
};

function nextRow(parser: ReturnType<typeof parse>): string[] | null {
  return parser.read();
}

/** Resolves when the parser has taken a piece, or has given up. */
function written(parser: ReturnType<typeof parse>, piece: string): Promise<void> {
  return new Promise((resolve) => {
    if (parser.destroyed) return resolve();
    parser.write(piece, () => resolve());
  });
}

function checked(rows: string[][]): string[][] {
  if (rows.some((row) => row.length > COLUMNS_MAX)) {
    throw new DomainError("bad_request", `The file has more than ${COLUMNS_MAX} columns. Take out those nobody needs.`);
  }
  return rows;
}

function toProblem(error: Error): Error {
  if (!(error instanceof CsvError)) return error;
  if (error.code === "CSV_QUOTE_NOT_CLOSED") return refused("A quote is opened and never closed.", error);
  if (error.code === "CSV_MAX_RECORD_SIZE") {
    return refused("A row is longer than 1 MB. Perhaps a quote is opened and never closed.", error);
  }
  return new DomainError("bad_request", "The file is not a CSV file that can be read.");
}

function refused(words: string, { lines }: CsvError): DomainError {
  return new DomainError("bad_request", typeof lines === "number" ? `Line ${lines}: ${words}` : words);
}
