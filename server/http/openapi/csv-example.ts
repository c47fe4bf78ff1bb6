import { csvLine } from "../../domain/imports/csv-cell.ts";

/** A file of one row: its headers and what stands below them. */
export function csvExample(row: Readonly<Record<string, string>>): string {
  return csvLine(Object.keys(row)) + csvLine(Object.values(row));
}
