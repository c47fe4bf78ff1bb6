import { notAWorkbook, type Zip } from "./open-zip.ts";
import { joined, readXml, type XmlListener } from "./read-xml.ts";

/** Distinct texts of a workbook are held in memory while its rows are read: this much of them, in characters. */
const TEXTS_MAX_CHARS = 60 * 1024 * 1024;
/** What a text costs beside its characters: there could be millions of empty ones. */
const PER_TEXT_CHARS = 4;
/** Excel's own limits are 65,490 cell formats and 255 characters in one. */
const LIST_MAX = 70_000;
const FORMAT_MAX_CHARS = 255;
const MAIN = "xl/workbook.xml";

export interface Sheet {
  /** The part that holds it. */
  readonly part: string;
  /** Day 0 of the workbook's calendar: one of two. */
  readonly epochMs: number;
}

/** The 1900 calendar takes 1900 for a leap year, so its day 0 lies two days before that year. */
const EPOCH_1900_MS = Date.UTC(1899, 11, 30);
const EPOCH_1904_MS = Date.UTC(1904, 0, 1);

/** The first sheet people see. */
export async function firstSheet(zip: Zip): Promise<Sheet> {
  let wanted: string | null = null;
  let is1904 = false;
  await readAll(zip, MAIN, {
    open(name, { attributes }) {
      if (name === "workbookPr" && /^(1|true)$/.test(attributes.date1904 ?? "")) is1904 = true;
      const hidden = attributes.state !== undefined && attributes.state !== "visible";
      if (name === "sheet" && wanted === null && !hidden) wanted = attributes["r:id"] ?? null;
    },
  });
  const targets = new Map<string, string>();
  await readAll(zip, "xl/_rels/workbook.xml.rels", {
    open(name, { attributes }) {
      if (name === "Relationship") setWithin(targets, attributes.Id ?? "", attributes.Target ?? "");
    },
  });
  const target = targets.get(wanted ?? "") ?? "worksheets/sheet1.xml";
  const part = target.startsWith("/") ? target.slice(1) : `xl/${target}`;
  if (!zip.has(part)) throw notAWorkbook();
  return { part, epochMs: is1904 ? EPOCH_1904_MS : EPOCH_1900_MS };
}

/** Texts that cells refer to by number. */
export async function sharedTexts(zip: Zip): Promise<readonly string[]> {
  const texts: string[] = [];
  let current = "";
  let depth: "none" | "item" | "text" | "phonetic" = "none";
  let chars = 0;
  await readAll(zip, "xl/sharedStrings.xml", {
    open(name) {
      if (name === "si") [depth, current] = ["item", ""];
      else if (name === "rPh") depth = "phonetic";
      else if (name === "t" && depth === "item") depth = "text";
    },
    text(text) {
      if (depth === "text") current = joined(current, text);
    },
    close(name) {
      if (name === "t" && depth === "text") depth = "item";
      else if (name === "rPh") depth = "item";
      else if (name === "si") {
        chars += current.length + PER_TEXT_CHARS;
        if (chars > TEXTS_MAX_CHARS) throw notAWorkbook();
        texts.push(current);
        depth = "none";
      }
    },
  });
  return texts;
}

/** Formats that mean a date, of the numbers Excel gives its own ones. */
const DATE_FORMATS = new Set([14, 15, 16, 17, 18, 19, 20, 21, 22, 45, 46, 47]);

/** For each cell style whether its numbers are dates. */
export async function dateStyles(zip: Zip): Promise<readonly boolean[]> {
  const custom = new Map<number, boolean>();
  const styles: boolean[] = [];
  let inCells = false;
  await readAll(zip, "xl/styles.xml", {
    open(name, { attributes }) {
      if (name === "numFmt") setWithin(custom, Number(attributes.numFmtId), isDateFormat(attributes.formatCode ?? ""));
      if (name === "cellXfs") inCells = true;
      if (name !== "xf" || !inCells) return;
      const format = Number(attributes.numFmtId ?? 0);
      if (styles.length >= LIST_MAX) throw notAWorkbook();
      styles.push(custom.get(format) ?? DATE_FORMATS.has(format));
    },
    close(name) {
      if (name === "cellXfs") inCells = false;
    },
  });
  return styles;
}

function setWithin<Key, Value>(map: Map<Key, Value>, key: Key, value: Value): void {
  if (map.size >= LIST_MAX) throw notAWorkbook();
  map.set(key, value);
}

function isDateFormat(formatCode: string): boolean {
  const code = formatCode.slice(0, FORMAT_MAX_CHARS);
  return /[dmyhs]/i.test(code.replace(/"[^"]*"|\[[^\]]*\]|\\./g, "")) && !/^general$/i.test(code);
}

async function readAll(zip: Zip, name: string, listener: XmlListener): Promise<void> {
  for await (const _piece of readXml(zip, name, listener)) {
    // the listener has heard it
  }
}
