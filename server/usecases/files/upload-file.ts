import type { UserActor } from "../../actor.ts";
import { insertAudit } from "../../db/queries/audit.ts";
import {
  deleteBatch,
  deleteBrokenUploads,
  insertBatch,
  insertFilePart,
  readFileParts,
  updateBatch,
} from "../../db/queries/import-batch.ts";
import type { Deps } from "../../deps.ts";
import { DomainError } from "../../domain/domain-error.ts";
import { proposeMapping } from "../../domain/imports/propose-mapping.ts";
import { decodeText } from "../../files/decode-text.ts";
import { columnNames, detectDelimiter, detectHeader } from "../../files/detect-table.ts";
import { createUploadInspector, type InspectedFile, type UploadInspector } from "../../files/inspect-upload.ts";
import { readAhead } from "../../files/read-ahead.ts";
import { readAllRows, type TableFile } from "../../files/read-table.ts";
import { assertMayImport } from "./batch-access.ts";

/** How much of the file one stored part holds: also how much of it is in memory at once. */
const PART_BYTES = 256 * 1024;
const BROKEN_AFTER_MS = 86_400_000;
const SAMPLE_ROWS = 50;
/** Names no field can have. */
const NO_NAMES = new Set(["__proto__", "constructor", "prototype"]);

/**
 * Takes in a file as it comes, looks at it and proposes how to read it. Nothing of it is kept when it is refused, which
 * happens at the first byte that cannot belong to a table of people. Returns the batch's id.
 */
export async function uploadFile(
  deps: Deps,
  actor: UserActor,
  { fileName, bytes }: { fileName: string; bytes: AsyncIterable<Uint8Array> },
): Promise<string> {
  assertMayImport(actor);
  const id = deps.newId();
  await deleteBrokenUploads(deps.db, new Date(deps.now().getTime() - BROKEN_AFTER_MS));
  await insertBatch(deps.db, {
    columns: [],
    mapping: [],
    ...BLANK,
    id,
    fileName,
    source: fileName,
    createdBy: actor.userId,
    createdAt: deps.now(),
  });
  try {
    const inspected = await storeParts(deps, id, bytes);
    const layout = await proposeLayout(deps, id, inspected);
    await deps.db.transaction(async (tx) => {
      await updateBatch(tx, id, { ...inspected, ...layout, uploadedAt: deps.now() });
      const deed = { action: "import.uploaded", subject: { kind: "import_batch", id }, data: { fileName } };
      await insertAudit(tx, deps, actor, deed);
    });
  } catch (error) {
    await deleteBatch(deps.db, id);
    throw error;
  }
  return id;
}

const BLANK = {
  format: "csv",
  sizeBytes: 0,
  sha256: "",
  encoding: "utf-8",
  delimiter: ",",
  hasHeader: true,
} as const;

async function storeParts(deps: Deps, id: string, bytes: AsyncIterable<Uint8Array>): Promise<InspectedFile> {
  const inspector = createUploadInspector();
  let position = 0;
  for await (const part of readAhead(inspectedParts(inspector, bytes))) {
    await insertFilePart(deps.db, id, position, part);
    position += 1;
  }
  return inspector.finish();
}

async function* inspectedParts(
  inspector: UploadInspector,
  bytes: AsyncIterable<Uint8Array>,
): AsyncGenerator<Buffer, void> {
  let waiting: Uint8Array[] = [];
  let size = 0;
  for await (const piece of bytes) {
    inspector.take(piece);
    waiting.push(piece);
    size += piece.byteLength;
    if (size < PART_BYTES) continue;
    yield Buffer.concat(waiting);
    [waiting, size] = [[], 0];
  }
  if (size > 0) yield Buffer.concat(waiting);
}

/** How the file is probably to be read, from its first rows. */
async function proposeLayout(deps: Deps, id: string, { format, encoding }: InspectedFile) {
  const delimiter = format === "csv" ? detectDelimiter(await headOf(deps, id, encoding)) : ",";
  const file = { format, encoding, delimiter, bytes: () => readFileParts(deps.db, id) };
  const rows = await firstRows(file, SAMPLE_ROWS);
  const [first] = rows;
  if (!first) throw new DomainError("bad_request", "The file has no rows.");
  const hasHeader = detectHeader(rows);
  const columns = columnNames(first, hasHeader);
  const forbidden = columns.find((name) => NO_NAMES.has(name.trim()));
  if (forbidden) {
    throw new DomainError("bad_request", `A column is named ${forbidden}, which no field can be called. Name it anew.`);
  }
  return { delimiter, hasHeader, columns, mapping: proposeMapping(columns, rows.slice(hasHeader ? 1 : 0)) };
}

async function headOf(deps: Deps, id: string, encoding: InspectedFile["encoding"]): Promise<string> {
  for await (const text of decodeText(readFileParts(deps.db, id), encoding)) return text.slice(0, 64 * 1024);
  return "";
}

export async function firstRows(file: Omit<TableFile, "hasHeader">, limit: number): Promise<string[][]> {
  for await (const batch of readAllRows(file, limit)) return batch;
  return [];
}
