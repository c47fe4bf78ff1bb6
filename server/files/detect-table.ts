import { FILE_DELIMITERS, type FileDelimiter } from "@rolodesk/shared/vocabulary";

const ROWS_LOOKED_AT = 30;

/** Which character parts the cells, by how evenly each would cut the first rows; a comma where none does. */
export function detectDelimiter(text: string): FileDelimiter {
  const scored = FILE_DELIMITERS.map((delimiter) => ({ delimiter, score: evenness(cellCounts(text, delimiter)) }));
  const best = scored.reduce((one, other) => (other.score > one.score ? other : one));
  return best.score > 0 ? best.delimiter : ",";
}

/** Cells per row, delimiters and line ends in quotes not counted. */
function cellCounts(text: string, delimiter: string): number[] {
  const counts: number[] = [];
  let cells = 1;
  let quoted = false;
  let blank = true;
  for (const char of text) {
    if (char === '"') quoted = !quoted;
    else if (!quoted && char === delimiter) cells += 1;
    else if (!quoted && (char === "\n" || char === "\r")) {
      if (!blank) counts.push(cells);
      if (counts.length === ROWS_LOOKED_AT) return counts;
      cells = 1;
      blank = true;
      continue;
    }
    blank = false;
  }
  if (!blank && counts.length === 0) counts.push(cells);
  return counts;
}

/** More cells are better, rows of unlike width are worse. */
function evenness(counts: readonly number[]): number {
  const [first = 1] = counts;
  if (first < 2) return 0;
  const alike = counts.filter((count) => count === first).length / counts.length;
  return alike * alike * Math.min(first, 40) + alike;
}

const VALUE = /@|^[+(]?\d[\d\s().-]{4,}$|^https?:/i;

/** Whether the first row names columns: words, none of them a value, and no two the same. */
export function detectHeader(rows: readonly (readonly string[])[]): boolean {
  const [first] = rows;
  if (!first) return false;
  const named = first.map((cell) => cell.trim()).filter((cell) => cell !== "");
  if (named.length === 0 || named.length < first.length / 2) return false;
  if (named.some((cell) => VALUE.test(cell) || cell.length > 80)) return false;
  return new Set(named.map((cell) => cell.toLowerCase())).size === named.length;
}

/** Each column's name: its header, told apart where two are the same, or its number. */
export function columnNames(first: readonly string[], hasHeader: boolean): string[] {
  const used = new Map<string, number>();
  return first.map((cell, index) => {
    const name = (hasHeader ? cell.trim().replace(/\p{Cc}+/gu, " ") : "").slice(0, 100) || `Column ${index + 1}`;
    const times = (used.get(name.toLowerCase()) ?? 0) + 1;
    used.set(name.toLowerCase(), times);
    return times === 1 ? name : `${name} (${times})`;
  });
}
