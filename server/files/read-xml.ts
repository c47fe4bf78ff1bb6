import { SaxesParser, type SaxesTagPlain } from "saxes";
import { notAWorkbook, type Zip } from "./open-zip.ts";

/** A tag, a text or a comment of more than this is none that a spreadsheet writes; a cell has 32,767 characters at most. */
const TOKEN_MAX_CHARS = 1024 * 1024;
const DEPTH_MAX = 100;

export interface XmlListener {
  readonly open?: (name: string, tag: SaxesTagPlain) => void;
  readonly text?: (text: string) => void;
  readonly close?: (name: string) => void;
}

/**
 * Reads an XML part piece by piece and stops between pieces, so that others get their turn. Names come without prefix. What
 * would have to be held as a whole (a tag, a text, tags within tags) is bounded: a packed file of a few KB can hold any of them.
 */
export async function* readXml(zip: Zip, name: string, listener: XmlListener): AsyncGenerator<void> {
  const parser = new SaxesParser({ xmlns: false });
  let depth = 0;
  let readChars = 0;
  let toldAtChars = 0;
  const told = () => {
    toldAtChars = readChars;
  };
  for (const event of ["comment", "cdata", "processinginstruction"] as const) parser.on(event, told);
  parser.on("doctype", () => {
    throw notAWorkbook();
  });
  parser.on("error", () => {
    throw notAWorkbook();
  });
  parser.on("opentag", (tag) => {
    told();
    depth += 1;
    if (depth > DEPTH_MAX) throw notAWorkbook();
    listener.open?.(plainName(tag.name), tag);
  });
  parser.on("text", (text) => {
    told();
    listener.text?.(text);
  });
  parser.on("closetag", (tag) => {
    told();
    depth -= 1;
    listener.close?.(plainName(tag.name));
  });
  for await (const piece of zip.read(name)) {
    readChars += piece.length;
    parser.write(piece);
    if (readChars - toldAtChars > TOKEN_MAX_CHARS) throw notAWorkbook();
    yield;
  }
}

/** What was read of one cell so far, and more of it. */
export function joined(text: string, more: string): string {
  if (text.length + more.length > TOKEN_MAX_CHARS) throw notAWorkbook();
  return text + more;
}

function plainName(name: string): string {
  return name.slice(name.indexOf(":") + 1);
}
