/** Characters with which spreadsheets begin a formula. */
const BEGINS_FORMULA = /^[=+\-@\t\r]/;
const GUARDED = /^'+[=+\-@\t\r]/;
/** A telephone number in E.164, with or without an extension: it begins with `+` and is no formula. */
const E164 = /^\+[1-9]\d{6,14}(;ext=\d{1,7})?$/;

/**
 * A value as a cell of an export: what a spreadsheet would run as a formula is led by `'`. What a person led by `'` itself
 * gets another one, so that reading the cell back gives exactly the value.
 */
export function guardCell(value: string): string {
  if (E164.test(value)) return value;
  return BEGINS_FORMULA.test(value) || GUARDED.test(value) ? `'${value}` : value;
}

/** The value behind a cell: takes off what `guardCell` put on. */
export function unguardCell(cell: string): string {
  return GUARDED.test(cell) ? cell.slice(1) : cell;
}

/** One line of a CSV file after RFC 4180, with its line end. */
export function csvLine(values: readonly string[]): string {
  return `${values.map((value) => quoted(guardCell(value))).join(",")}\r\n`;
}

function quoted(cell: string): string {
  return /[",\r\n\t]|^\s|\s$/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell;
}
