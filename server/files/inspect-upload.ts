import { createHash } from "node:crypto";
import { FILE_MAX_BYTES } from "@rolodesk/shared/vocabulary";
import { DomainError } from "../domain/domain-error.ts";

const WORKBOOK_MAX_BYTES = FILE_MAX_BYTES / 4;
/** A line of a table of people is far shorter; one that is longer is no table. */
const LINE_MAX_BYTES = 1024 * 1024;

export type FileEncodingFound = "utf-8" | "utf-16le" | "utf-16be" | "windows-1252";

export interface InspectedFile {
  readonly format: "csv" | "xlsx";
  readonly encoding: FileEncodingFound;
  readonly sizeBytes: number;
  /** Hex. */
  readonly sha256: string;
}

export interface UploadInspector {
  /** Takes the next bytes; throws `bad_request` or `too_large` as soon as they cannot be a table of people. */
  take(bytes: Uint8Array): void;
  finish(): InspectedFile;
}

const NEWLINE = 0x0a;
const RETURN = 0x0d;

/** Looks at a file as it comes in, keeping none of it. */
export function createUploadInspector(): UploadInspector {
  const hash = createHash("sha256");
  const strict = new TextDecoder("utf-8", { fatal: true });
  let sizeBytes = 0;
  let isUtf8 = true;
  let kind: Kind | null = null;
  let lineBytes = 0;

  function takeText(bytes: Uint8Array): void {
    if (bytes.includes(0)) throw refused("The file holds NUL bytes, so it is not text. Export it as CSV or .xlsx.");
    lineBytes = longestOpenLine(bytes, lineBytes);
    if (!isUtf8) return;
    try {
      strict.decode(bytes, { stream: true });
    } catch {
      isUtf8 = false;
    }
  }

  return {
    take(bytes) {
      if (bytes.byteLength === 0) return;
      sizeBytes += bytes.byteLength;
      kind ??= kindOf(bytes);
      const most = kind === "xlsx" ? WORKBOOK_MAX_BYTES : FILE_MAX_BYTES;
      if (sizeBytes > most) throw tooLarge(most);
      hash.update(bytes);
      if (kind === "text") takeText(bytes);
    },
    finish() {
      if (kind === null) throw refused("The file is empty.");
      return {
        format: kind === "xlsx" ? "xlsx" : "csv",
        encoding: kind === "utf-16le" || kind === "utf-16be" ? kind : isUtf8 ? "utf-8" : "windows-1252",
        sizeBytes,
        sha256: hash.digest("hex"),
      };
    },
  };
}

function tooLarge(most: number): DomainError {
  const mb = Math.floor(most / (1024 * 1024));
  return new DomainError("too_large", `The file may have at most ${mb} MB. Split it and bring in its parts.`);
}

type Kind = "text" | "utf-16le" | "utf-16be" | "xlsx";

/** Files that are told by their first bytes, with what to do about them. */
const OTHERS: readonly { readonly begins: readonly number[]; readonly words: string }[] = [
  { begins: [0x1f, 0x8b], words: "This is a compressed file. Unpack it first." },
  { begins: [0xd0, 0xcf, 0x11, 0xe0], words: "This is an Excel file of the old kind. Save it as .xlsx or CSV." },
  { begins: [0x25, 0x50, 0x44, 0x46], words: "This is a PDF. Export a table as CSV or .xlsx." },
];

function kindOf(bytes: Uint8Array): Kind {
  const other = OTHERS.find(({ begins }) => startsWith(bytes, begins));
  if (other) throw refused(other.words);
  if (startsWith(bytes, [0x50, 0x4b, 0x03, 0x04])) return "xlsx";
  if (startsWith(bytes, [0xff, 0xfe])) return "utf-16le";
  if (startsWith(bytes, [0xfe, 0xff])) return "utf-16be";
  const head = new TextDecoder("windows-1252").decode(bytes.subarray(0, 64)).replace(/^ï»¿/, "").trimStart();
  if (/^<(!doctype|html|\?xml|\w+[\s>])/i.test(head)) throw refused("This is a web page or XML, not a table.");
  if (/^(\{|\[\s*[{[])/.test(head)) throw refused("This is JSON, not a table. Export it as CSV.");
  return "text";
}

function startsWith(bytes: Uint8Array, wanted: readonly number[]): boolean {
  return wanted.every((byte, index) => bytes[index] === byte);
}

/** How long the line is that is still open at the end of these bytes. */
function longestOpenLine(bytes: Uint8Array, openBefore: number): number {
  let open = openBefore;
  let at = 0;
  while (at < bytes.length) {
    const end = nextLineEnd(bytes, at);
    open += (end < 0 ? bytes.length : end) - at;
    if (open > LINE_MAX_BYTES) throw refused("A line of the file is longer than 1 MB, so it is not a table of people.");
    if (end < 0) return open;
    open = 0;
    at = end + 1;
  }
  return open;
}

function nextLineEnd(bytes: Uint8Array, from: number): number {
  const newline = bytes.indexOf(NEWLINE, from);
  if (newline >= 0) return newline;
  return bytes.indexOf(RETURN, from);
}

function refused(words: string): DomainError {
  return new DomainError("bad_request", words);
}
