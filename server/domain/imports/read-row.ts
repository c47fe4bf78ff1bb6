import { ATTRIBUTE_PREFIX, FILE_FIELDS, type FileField } from "@rolodesk/shared/vocabulary";
import { parseEmail } from "../identity/email.ts";
import { unguardCell } from "./csv-cell.ts";
import { readPhone } from "./file-phone.ts";

/** Something to say of a row. `field`: which of its cells it is about; null: the row. */
export interface RowNote {
  readonly field: string | null;
  readonly words: string;
}

/** A row of a file in our fields. */
export interface ReadRow {
  /** Field or `attribute:<key>` → what the file says; blank ones left out. */
  readonly cells: Readonly<Record<string, string>>;
  readonly emailNorm: string | null;
  readonly phoneNorm: string | null;
  /** What is wrong with it: nothing of such a row is brought in. */
  readonly problems: readonly RowNote[];
}

/** Longest a cell may be, in characters. */
const CELL_MAX_CHARS: Readonly<Record<FileField | "attribute", number>> = {
  fullName: 200,
  firstName: 100,
  lastName: 100,
  email: 254,
  phone: 60,
  company: 200,
  title: 200,
  linkedin: 500,
  source: 200,
  tags: 500,
  notes: 5_000,
  attribute: 1_000,
};

/** No cell of this length is too long. */
const SHORTEST_MAX = Math.min(...Object.values(CELL_MAX_CHARS));
const CONTROLS = /[\p{Cc}\p{Cs}]+/gu;
const CONTROLS_BUT_LINES = /[^\P{Cc}\n]+|\p{Cs}+/gu;
const PLAIN = /^[\x20-\x7e]*$/;

/** A row's cells in the columns' fields. `mapping` names a field for each column; null leaves it out. */
export function readRow(
  raw: readonly string[],
  mapping: readonly (string | null)[],
  countries: readonly (string | null)[],
): ReadRow {
  const cells: [string, string][] = [];
  for (let column = 0; column < mapping.length; column += 1) {
    const field = mapping[column];
    if (!field) continue;
    const value = cleanCell(raw[column] ?? "", field);
    if (value !== "") cells.push([field, value]);
  }
  return readCells(Object.fromEntries(cells), countries, widthProblems(raw, mapping));
}

/** The same of cells that are in our fields already, as after an agent mended one. */
export function readCells(
  cells: Readonly<Record<string, string>>,
  countries: readonly (string | null)[],
  found: readonly RowNote[] = [],
): ReadRow {
  const problems = [...found];
  for (const field of Object.keys(cells)) {
    const value = cells[field] ?? "";
    if (value.length <= SHORTEST_MAX) continue;
    const most = CELL_MAX_CHARS[kindOf(field)];
    if (value.length > most)
      problems.push({ field, words: `It is longer than ${most.toLocaleString("en")} characters.` });
  }
  const email = cells.email === undefined ? null : parseEmail(cells.email);
  if (cells.email !== undefined && !email) problems.push({ field: "email", words: "This is not an email address." });
  const phone = cells.phone === undefined ? null : readPhone(cells.phone, countries);
  if (phone?.problem) problems.push({ field: "phone", words: phone.problem });
  if (cells.email === undefined && cells.phone === undefined) {
    problems.push({
      field: null,
      words: "There is neither an email nor a phone number, so nobody could be found again.",
    });
  }
  return { cells, emailNorm: email?.norm ?? null, phoneNorm: phone?.norm ?? null, problems };
}

/** A cell's text without what nobody means to write: the guard of an export, control characters, space around it. */
export function cleanCell(raw: string, field: string): string {
  const text = raw.startsWith("'") ? unguardCell(raw) : raw;
  if (PLAIN.test(text)) return text.trim();
  const kept =
    field === "notes" ? text.replaceAll("\r\n", "\n").replace(CONTROLS_BUT_LINES, " ") : text.replace(CONTROLS, " ");
  return kept.trim();
}

/** Whether a column may hold this; `attribute:` takes a key of our own shape. */
export function isTarget(target: string): boolean {
  if (FILE_FIELDS.some((field) => field === target)) return true;
  return target.startsWith(ATTRIBUTE_PREFIX) && /^[a-z][a-z0-9_]{0,39}$/.test(target.slice(ATTRIBUTE_PREFIX.length));
}

function kindOf(field: string): FileField | "attribute" {
  return FILE_FIELDS.find((known) => known === field) ?? "attribute";
}

function widthProblems(raw: readonly string[], mapping: readonly (string | null)[]): RowNote[] {
  if (raw.length === mapping.length) return [];
  // spreadsheets leave out, or add, blank cells at the end of a row
  if (raw.length > mapping.length && raw.slice(mapping.length).every((cell) => cell.trim() === "")) return [];
  return [
    {
      field: null,
      words: `The row has ${raw.length} cells where the file has ${mapping.length} columns. A cell with a delimiter in it needs quotes.`,
    },
  ];
}
