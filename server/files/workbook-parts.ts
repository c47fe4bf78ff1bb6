import { SaxesParser, type SaxesTagPlain } from "saxes";
import { notAWorkbook, type Zip } from "./open-zip.ts";

/** Distinct texts of a workbook are held in memory while its rows are read: this much of them, in characters. */
const TEXTS_MAX_CHARS = 60 * 1024 * 1024;
const MAIN = "xl/workbook.xml";

export interface XmlListener {
  readonly open?: (name: string, tag: SaxesTagPlain) => void;
  readonly text?: (text: string) => void;
  readonly close?: (name: string) => void;
}

/** Reads an XML part piece by piece and stops between pieces, so that others get their turn. Names come without prefix. */
export async function* readXml(zip: Zip, name: string, listener: XmlListener): AsyncGenerator<void> {
  const parser = new SaxesParser({ xmlns: false });
  parser.on("doctype", () => {
    throw notAWorkbook();
  });
  parser.on("error", () => {
    throw notAWorkbook();
  });
  parser.on("opentag", (tag) => listener.open?.(plainName(tag.name), tag));
  parser.on("text", (text) => listener.text?.(text));
  parser.on("closetag", (tag) => listener.close?.(plainName(tag.name)));
  for await (const piece of zip.read(name)) {
    parser.write(piece);
    yield;
  }
}

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
      if (name === "Relationship") targets.set(attributes.Id ?? "", attributes.Target ?? "");
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
      if (depth === "text") current += text;
    },
    close(name) {
      if (name === "t" && depth === "text") depth = "item";
      else if (name === "rPh") depth = "item";
      else if (name === "si") {
        chars += current.length;
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
      if (name === "numFmt") custom.set(Number(attributes.numFmtId), isDateFormat(attributes.formatCode ?? ""));
      if (name === "cellXfs") inCells = true;
      if (name !== "xf" || !inCells) return;
      const format = Number(attributes.numFmtId ?? 0);
      styles.push(custom.get(format) ?? DATE_FORMATS.has(format));
    },
    close(name) {
      if (name === "cellXfs") inCells = false;
    },
  });
  return styles;
}

function isDateFormat(code: string): boolean {
  return /[dmyhs]/i.test(code.replace(/"[^"]*"|\[[^\]]*\]|\\./g, "")) && !/^general$/i.test(code);
}

async function readAll(zip: Zip, name: string, listener: XmlListener): Promise<void> {
  for await (const _piece of readXml(zip, name, listener)) {
    // the listener has heard it
  }
}

function plainName(name: string): string {
  return name.slice(name.indexOf(":") + 1);
}
