import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { ListImportRows } from "@rolodesk/shared/import-batch";
import postgres from "postgres";
import type { UserActor } from "../server/actor.ts";
import { startEmbedded } from "../server/db/embedded/start-embedded.ts";
import { migrateDatabase } from "../server/db/migrate.ts";
import { user } from "../server/db/schema/auth.ts";
import { approveRows } from "../server/usecases/files/decide-rows.ts";
import { startReading } from "../server/usecases/files/start-reading.ts";
import { uploadFile } from "../server/usecases/files/upload-file.ts";
import { workOnFile } from "../server/usecases/files/work-on-file.ts";
import { viewBatch } from "../server/views/import-batch.ts";
import { viewImportRow, viewImportRows } from "../server/views/import-row.ts";
import { openDeps } from "../tests/support/open-deps.ts";
import { median, quantile, timed } from "./figures.ts";
import { fileOf, makeIdOf, seedContacts } from "./import-csv/seed.ts";

/** What the review of a file of 100,000 people waits for, beside as many contacts: before anything is approved, and when all is brought in. */
const ROWS = Number(process.env.ROWS ?? 100_000);
const ROUNDS = 40;
const MAPPING = ["company", "fullName", "email", "phone", "title", "notes"];
const ENDS_AFTER_MS = 5 * 60_000;

const tooLate = setTimeout(() => {
  console.error("The bench took too long.");
  process.exit(1);
}, ENDS_AFTER_MS);

const folder = mkdtempSync(join(tmpdir(), "rolodesk-bench-"));
const database = await startEmbedded({ folder: join(folder, "postgres"), dieWithParent: true });
const { deps, close } = openDeps(database.url, Buffer.alloc(32, 7));
const actor: UserActor = { kind: "user", userId: "bench", name: "Bench", role: "admin", siteIds: null };

try {
  await migrateDatabase(database.url);
  await deps.db.insert(user).values({ id: "bench", name: "Bench", email: "bench@example.com", role: "admin" });
  const patient = postgres(database.url, { max: 1, onnotice() {} });
  await makeIdOf(patient);
  await seedContacts(patient, ROWS);
  await patient.end();

  const file = Buffer.from(fileOf(ROWS, ROWS));
  const batchId = await uploadFile(deps, actor, { fileName: "people.csv", bytes: pieces(file) });
  const { encoding, delimiter, hasHeader } = await viewBatch(deps.db, actor, batchId);
  const layout = { encoding, delimiter, hasHeader, mapping: MAPPING, defaultCountry: null, source: "Bench" };
  await startReading(deps, actor, batchId, layout);
  await work(batchId);
  console.log(`${ROWS.toLocaleString("en")} rows that wait`);
  await review(batchId);

  await approveRows(deps, actor, batchId, { class: null });
  await work(batchId);
  console.log(`${ROWS.toLocaleString("en")} rows, brought in but for those that cannot be`);
  await review(batchId);
} finally {
  await close();
  await database.stop();
  rmSync(folder, { recursive: true, force: true });
  clearTimeout(tooLate);
}

async function* pieces(bytes: Buffer): AsyncGenerator<Uint8Array> {
  for (let at = 0; at < bytes.length; at += 65_536) yield bytes.subarray(at, at + 65_536);
}

async function work(batchId: string): Promise<void> {
  while ((await viewBatch(deps.db, actor, batchId)).work) await workOnFile(deps, { batchId });
}

async function review(batchId: string): Promise<void> {
  const list = (wanted: Partial<ListImportRows>) => () =>
    viewImportRows(deps.db, actor, batchId, { after: 0, limit: 50, ...wanted });
  await measure("batch", () => viewBatch(deps.db, actor, batchId));
  await measure("first page", list({}));
  await measure("page far below", list({ after: Math.floor(ROWS * 0.9) }));
  await measure("known", list({ class: "matched" }));
  await measure("duplicates", list({ class: "duplicate" }));
  await measure("unclear (none)", list({ class: "ambiguous" }));
  await measure("waiting", list({ status: "pending" }));
  await measure("imported", list({ status: "imported" }));
  await measure("failed (none)", list({ status: "error" }));
  await measure("with differences", list({ differing: "true" }));
  await measure("search: of many", list({ search: "New" }));
  await measure("search: of one", list({ search: `new${ROWS - 3}@` }));
  await measure("search: of nobody", list({ search: "zzzqqq" }));
  await measure("search: two letters of nobody", list({ search: "qz" }));
  await measure("one row", () => viewImportRow(deps.db, actor, { batchId, line: Math.floor(ROWS * 0.77) }));
}

async function measure(name: string, view: () => Promise<unknown>): Promise<void> {
  const times: number[] = [];
  for (let round = 0; round < ROUNDS; round += 1) times.push(await timed(view));
  console.log(`| ${name} | ${median(times).toFixed(1)} | ${quantile(times, 0.95).toFixed(1)} |`);
}
