import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import postgres from "postgres";
import type { UserActor } from "../server/actor.ts";
import { startEmbedded } from "../server/db/embedded/start-embedded.ts";
import { migrateDatabase } from "../server/db/migrate.ts";
import { user } from "../server/db/schema/auth.ts";
import { readRow } from "../server/domain/imports/read-row.ts";
import { readTable } from "../server/files/read-table.ts";
import { approveRows } from "../server/usecases/files/decide-rows.ts";
import { startReading } from "../server/usecases/files/start-reading.ts";
import { undoImport } from "../server/usecases/files/start-work.ts";
import { uploadFile } from "../server/usecases/files/upload-file.ts";
import { workOnFile } from "../server/usecases/files/work-on-file.ts";
import { viewBatch } from "../server/views/import-batch.ts";
import { openDeps } from "../tests/support/open-deps.ts";
import { median, timed } from "./figures.ts";
import { fileOf, makeIdOf, seedContacts } from "./import-csv/seed.ts";

/**
 * A file of 100,000 people beside 1,000,000 contacts: read, staged and classified, then brought in, next to what nothing of it
 * can beat: parsing alone, parsing into our fields, COPY alone, and one statement that joins the staged rows with the contacts.
 * Interleaved, medians; a file four times as large shows what memory does.
 */
const CONTACTS = Number(process.env.CONTACTS ?? 1_000_000);
const ROWS = Number(process.env.ROWS ?? 100_000);
const ROUNDS = 5;
/** What the columns of the file are. */
const MAPPING = ["company", "fullName", "email", "phone", "title", "notes"];
const ENDS_AFTER_MS = 6 * 60_000;

const tooLate = setTimeout(() => {
  console.error("The bench took too long.");
  process.exit(1);
}, ENDS_AFTER_MS);

const folder = mkdtempSync(join(tmpdir(), "rolodesk-bench-"));
const database = await startEmbedded({ folder: join(folder, "postgres"), dieWithParent: true });
const { deps, close } = openDeps(database.url, Buffer.alloc(32, 7));
const sql = deps.db.$client;
const actor: UserActor = { kind: "user", userId: "bench", name: "Bench", role: "admin", siteIds: null };

try {
  await migrateDatabase(database.url);
  await deps.db.insert(user).values({ id: "bench", name: "Bench", email: "bench@example.com", role: "admin" });
  const patient = postgres(database.url, { max: 1, onnotice() {} });
  await makeIdOf(patient);
  await seedContacts(patient, CONTACTS);
  await patient.end();
  console.log(`${CONTACTS.toLocaleString("en")} contacts, a file of ${ROWS.toLocaleString("en")} rows`);

  const file = Buffer.from(fileOf(ROWS, CONTACTS));
  const figures: Record<"parse" | "fields" | "copy" | "indexed" | "join" | "staging", number[]> = {
    parse: [],
    fields: [],
    copy: [],
    indexed: [],
    join: [],
    staging: [],
  };
  let last = "";
  for (let round = 0; round < ROUNDS; round += 1) {
    figures.parse.push(await timed(() => parse(file, () => undefined)));
    figures.fields.push(await timed(() => parse(file, (cells) => readRow(cells, MAPPING, [null]))));
    figures.staging.push(await timed(async () => (last = await stage(file))));
    figures.copy.push(await copy(last, []));
    figures.indexed.push(await copy(last, ["email_norm", "phone_norm"]));
    figures.join.push(await timed(() => joinAll(last)));
  }
  report(figures);
  console.log("tally", tallyOf(await viewBatch(deps.db, actor, last)));

  const approveMs = await timed(async () => {
    await approveRows(deps, actor, last, { class: null });
    await work(last);
  });
  const batch = await viewBatch(deps.db, actor, last);
  console.log(`approved and brought in: ${seconds(approveMs)} s, ${batch.created.toLocaleString("en")} contacts made`);
  const undoMs = await timed(async () => {
    await undoImport(deps, actor, last);
    await work(last);
  });
  console.log(`undone: ${seconds(undoMs)} s`);

  const small = await peakOf(() => stage(file));
  const large = Buffer.from(fileOf(ROWS * 4, CONTACTS));
  const four = await peakOf(() => stage(large));
  console.log(
    `memory while staging, above the start: ${small} MB for ${file.length >> 20} MB, ${four} MB for ${large.length >> 20} MB`,
  );
} finally {
  await close();
  await database.stop();
  rmSync(folder, { recursive: true, force: true });
  clearTimeout(tooLate);
}

async function* pieces(bytes: Buffer): AsyncGenerator<Uint8Array> {
  for (let at = 0; at < bytes.length; at += 65_536) yield bytes.subarray(at, at + 65_536);
}

async function parse(bytes: Buffer, take: (cells: readonly string[]) => unknown): Promise<void> {
  const read = { format: "csv", encoding: "utf-8", delimiter: ",", hasHeader: true } as const;
  for await (const rows of readTable({ ...read, bytes: () => pieces(bytes) }, 5_000)) for (const row of rows) take(row);
}

/** Upload, staging and classes: what a person waits for before the review. */
async function stage(bytes: Buffer): Promise<string> {
  const id = await uploadFile(deps, actor, { fileName: "people.csv", bytes: pieces(bytes) });
  const { encoding, delimiter, hasHeader, mapping } = await viewBatch(deps.db, actor, id);
  await startReading(deps, actor, id, {
    encoding,
    delimiter,
    hasHeader,
    mapping,
    defaultCountry: null,
    source: "Bench",
  });
  await work(id);
  return id;
}

/** As the queue would, with nobody before it. */
async function work(batchId: string): Promise<void> {
  while ((await viewBatch(deps.db, actor, batchId)).work) await workOnFile(deps, { batchId });
}

/** The same rows by one COPY into a table with these indexes. Reading them out is not counted. */
async function copy(batchId: string, indexes: readonly string[]): Promise<number> {
  const one = await sql.reserve();
  try {
    await one`create table bare (line int, cells jsonb, email_norm text, phone_norm text, class text)`;
    for (const column of indexes) await one`create index on bare (${one(column)})`;
    const rows = await one<{ text: string }[]>`
      select concat_ws(E'\t', line, replace(cells::text, '\\', '\\\\'), coalesce(email_norm, '\\N'),
        coalesce(phone_norm, '\\N'), class) as text from import_row where batch_id = ${batchId}`;
    const text = rows.map((row) => `${row.text}\n`).join("");
    return await timed(async () => {
      const into = await one`copy bare from stdin`.writable();
      await new Promise<void>((resolve, reject) => {
        into.once("error", reject).once("finish", resolve);
        into.end(text);
      });
    });
  } finally {
    await one`drop table if exists bare`;
    one.release();
  }
}

/** Every staged row with the contacts that have its keys, counted: the limit of classifying. */
async function joinAll(batchId: string): Promise<void> {
  await sql`
    select count(*) from (
      select r.line, i.contact_id from import_row r
      join contact_identity i on i.kind = 'email' and i.norm = r.email_norm where r.batch_id = ${batchId}
      union all
      select r.line, i.contact_id from import_row r
      join contact_identity i on i.kind = 'phone' and i.norm = r.phone_norm where r.batch_id = ${batchId}) hit`;
}

/** Most resident memory above what there was, in MB. */
async function peakOf(work: () => Promise<unknown>): Promise<number> {
  globalThis.gc?.();
  const before = process.memoryUsage().rss;
  let peak = before;
  const timer = setInterval(() => {
    peak = Math.max(peak, process.memoryUsage().rss);
  }, 20);
  await work();
  clearInterval(timer);
  return Math.round((peak - before) / 1024 / 1024);
}

function report(figures: Readonly<Record<string, readonly number[]>>): void {
  for (const [name, times] of Object.entries(figures)) {
    const ms = median(times);
    console.log(`${name.padEnd(8)} ${seconds(ms)} s, ${Math.round((ROWS / ms) * 1000).toLocaleString("en")} rows/s`);
  }
  const limits = (figures.fields ?? []).map(
    (ms, round) => ms + (figures.indexed?.[round] ?? 0) + (figures.join?.[round] ?? 0),
  );
  const shares = limits.map((ms, round) => ms / (figures.staging?.[round] ?? Number.POSITIVE_INFINITY));
  console.log(
    `staging is at ${median(shares).toFixed(2)} of parsing into fields + indexed COPY + join, one after the other`,
  );
}

function tallyOf({ tally }: Awaited<ReturnType<typeof viewBatch>>): string {
  return tally.map(({ class: kind, rows }) => `${kind} ${rows}`).join(", ");
}

function seconds(ms: number): string {
  return (ms / 1000).toFixed(2);
}
