import { DomainError } from "../domain/domain-error.ts";
import { openZip } from "./open-zip.ts";
import { COLUMNS_MAX } from "./read-csv.ts";
import { joined, readXml } from "./read-xml.ts";
import { dateStyles, firstSheet, sharedTexts } from "./workbook-parts.ts";

const DAY_MS = 86_400_000;

interface Cell {
  readonly column: number;
  readonly type: string;
  readonly isDate: boolean;
}

/** The rows of a workbook's first sheet as texts, in batches as they are unpacked. Blank rows are left out. */
export async function* readXlsx(bytes: Buffer, batchRows: number): AsyncGenerator<string[][]> {
  const zip = await openZip(bytes);
  const { part, epochMs } = await firstSheet(zip);
  const texts = await sharedTexts(zip);
  const dates = await dateStyles(zip);

  const taken: string[][] = [];
  let row: string[] = [];
  let cell: Cell | null = null;
  let value = "";
  let isValue = false;
  const listener = {
    open(name: string, { attributes }: { attributes: Record<string, string> }) {
      if (name === "row") row = [];
      else if (name === "c") {
        const column = columnOf(attributes.r) ?? row.length;
        if (column >= COLUMNS_MAX) throw tooWide();
        cell = { column, type: attributes.t ?? "n", isDate: dates[Number(attributes.s ?? 0)] ?? false };
        value = "";
      } else if (cell && (name === "v" || name === "t")) isValue = true;
    },
    text(text: string) {
      if (isValue) value = joined(value, text);
    },
    close(name: string) {
      if (name === "v" || name === "t") isValue = false;
      else if (name === "c" && cell) {
        while (row.length < cell.column) row.push("");
        row[cell.column] = textOf(cell, value, { texts, epochMs });
        cell = null;
      } else if (name === "row" && row.some((one) => one !== "")) taken.push(row);
    },
  };
  let width: number | null = null;
  for await (const _piece of readXml(zip, part, listener)) {
    while (taken.length >= batchRows) {
      const batch = taken.splice(0, batchRows);
      width ??= batch[0]?.length ?? 0;
      yield padded(batch, width);
    }
  }
  width ??= taken[0]?.length ?? 0;
  while (taken.length > 0) yield padded(taken.splice(0, batchRows), width);
}

/** Workbooks leave out the blank cells at the end of a row. */
function padded(rows: string[][], width: number): string[][] {
  for (const row of rows) while (row.length < width) row.push("");
  return rows;
}

/** `AB12` is column 27. */
function columnOf(reference: string | undefined): number | null {
  const letters = /^([A-Z]{1,3})\d+$/.exec(reference ?? "")?.[1];
  if (!letters) return null;
  let column = 0;
  for (const letter of letters) column = column * 26 + letter.charCodeAt(0) - 64;
  return column - 1;
}

interface Workbook {
  readonly texts: readonly string[];
  readonly epochMs: number;
}

function textOf({ type, isDate }: Cell, value: string, { texts, epochMs }: Workbook): string {
  if (type === "s") return texts[Number(value)] ?? "";
  if (type === "b") return value === "1" ? "true" : "false";
  // an error, such as #N/A, is no value
  if (type === "e") return "";
  if (type !== "n" || value === "") return value;
  const number = Number(value);
  if (!Number.isFinite(number)) return value;
  return isDate ? dateText(number, epochMs) : String(number);
}

function dateText(days: number, epochMs: number): string {
  const ms = epochMs + Math.round(days * DAY_MS);
  if (!Number.isFinite(ms) || Math.abs(ms) > 8.64e15) return String(days);
  const iso = new Date(ms).toISOString();
  return Number.isInteger(days) ? iso.slice(0, 10) : iso.slice(0, 16);
}

function tooWide(): DomainError {
  return new DomainError("bad_request", `The sheet has more than ${COLUMNS_MAX} columns. Take out those nobody needs.`);
}
