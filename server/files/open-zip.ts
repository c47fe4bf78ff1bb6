import { type Entry, fromBuffer, type ZipFile } from "yauzl";
import { DomainError } from "../domain/domain-error.ts";

/** A workbook of 25 MB has some ten times that inside; what has more was made to fill a disk. */
const UNPACKED_MAX_BYTES = 400 * 1024 * 1024;
const ENTRIES_MAX = 2_000;

export interface Zip {
  has(name: string): boolean;
  /** The text of an entry, unpacked piece by piece; nothing where there is none. */
  read(name: string): AsyncGenerator<string>;
}

/** A zip archive in memory. Throws `bad_request` for what is none, or unpacks to more than anybody means. */
export async function openZip(bytes: Buffer): Promise<Zip> {
  const { file, entries } = await listEntries(bytes);
  let unpacked = 0;
  return {
    has: (name) => entries.has(name),
    async *read(name) {
      const entry = entries.get(name);
      if (!entry) return;
      const decoder = new TextDecoder();
      const stream = await openStream(file, entry);
      try {
        for await (const piece of stream) {
          const part = typeof piece === "string" ? Buffer.from(piece) : piece;
          unpacked += part.byteLength;
          if (unpacked > UNPACKED_MAX_BYTES) throw tooMuch();
          yield decoder.decode(part, { stream: true });
        }
      } catch (error) {
        throw error instanceof DomainError ? error : notAWorkbook();
      }
    },
  };
}

export function notAWorkbook(): DomainError {
  return new DomainError("bad_request", "This is not an Excel workbook (.xlsx) that can be read.");
}

function tooMuch(): DomainError {
  return new DomainError(
    "bad_request",
    "The workbook unpacks to far more than a table of people. Export the sheet as CSV.",
  );
}

/** Names and sizes come first: an archive whose entries say to be huge is refused before anything is unpacked. */
function listEntries(bytes: Buffer): Promise<{ file: ZipFile; entries: ReadonlyMap<string, Entry> }> {
  return new Promise((resolve, reject) => {
    fromBuffer(bytes, { lazyEntries: true, validateEntrySizes: true }, (error, file) => {
      if (error) return reject(notAWorkbook());
      const entries = new Map<string, Entry>();
      let unpacked = 0;
      file.on("error", () => reject(notAWorkbook()));
      file.on("entry", (entry: Entry) => {
        entries.set(entry.fileName, entry);
        unpacked += entry.uncompressedSize;
        if (unpacked > UNPACKED_MAX_BYTES || entries.size > ENTRIES_MAX) return reject(tooMuch());
        file.readEntry();
      });
      file.on("end", () => resolve({ file, entries }));
      file.readEntry();
    });
  });
}

function openStream(file: ZipFile, entry: Entry): Promise<NodeJS.ReadableStream> {
  return new Promise((resolve, reject) => {
    file.openReadStream(entry, (error, stream) => (error ? reject(notAWorkbook()) : resolve(stream)));
  });
}
