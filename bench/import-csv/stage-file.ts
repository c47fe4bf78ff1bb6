import { startReading } from "../../server/usecases/files/start-reading.ts";
import { uploadFile } from "../../server/usecases/files/upload-file.ts";
import { workOnFile } from "../../server/usecases/files/work-on-file.ts";
import { viewBatch } from "../../server/views/import-batch.ts";
import type { Bench } from "../run-bench.ts";

/** Upload, staging and classes: what a person waits for before the review. Answers the batch's id. */
export async function stageFile(bench: Bench, bytes: Buffer): Promise<string> {
  const { deps, admin } = bench;
  const id = await uploadFile(deps, admin, { fileName: "people.csv", bytes: pieces(bytes) });
  const { encoding, delimiter, hasHeader, mapping } = await viewBatch(deps.db, admin, id);
  const layout = { encoding, delimiter, hasHeader, mapping, defaultCountry: null, source: "Bench" };
  await startReading(deps, admin, id, layout);
  await workThrough(bench, id);
  return id;
}

/** Does what is to be done with a file, as the queue would with nobody before it. */
export async function workThrough({ deps, admin }: Bench, batchId: string): Promise<void> {
  while ((await viewBatch(deps.db, admin, batchId)).work) await workOnFile(deps, { batchId });
}

/** A file as it comes in from the network. */
export async function* pieces(bytes: Buffer): AsyncGenerator<Uint8Array> {
  for (let at = 0; at < bytes.length; at += 65_536) yield bytes.subarray(at, at + 65_536);
}
