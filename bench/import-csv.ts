import type { Deps } from "../server/deps.ts";
import { readRow } from "../server/domain/imports/read-row.ts";
import { readTable } from "../server/files/read-table.ts";
import { approveRows } from "../server/usecases/files/decide-rows.ts";
import { undoImport } from "../server/usecases/files/start-work.ts";
import { viewBatch } from "../server/views/import-batch.ts";
import { median, timed } from "./figures.ts";
import { fileOf, seedContacts } from "./import-csv/seed.ts";
import { pieces, stageFile, workThrough } from "./import-csv/stage-file.ts";
import { type Bench, runBench } from "./run-bench.ts";

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

await runBench(ENDS_AFTER_MS, async (bench) => {
  const { deps, admin } = bench;
  await seedContacts(bench.databaseUrl, CONTACTS);
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
    figures.staging.push(await timed(async () => (last = await stageFile(bench, file))));
    figures.copy.push(await copy(deps, last, []));
    figures.indexed.push(await copy(deps, last, ["email_norm", "phone_norm"]));
    figures.join.push(await timed(() => joinAll(deps, last)));
  }
  report(figures);
  console.log("tally", tallyOf(await viewBatch(deps.db, admin, last)));

  await bringIn(bench, last);
  await compareMemory(bench, file);
});

async function bringIn(bench: Bench, batchId: string): Promise<void> {
  const { deps, admin } = bench;
  const approveMs = await timed(async () => {
    await approveRows(deps, admin, batchId, { class: null });
    await workThrough(bench, batchId);
  });
  const { created } = await viewBatch(deps.db, admin, batchId);
  console.log(`approved and brought in: ${seconds(approveMs)} s, ${created.toLocaleString("en")} contacts made`);
  const undoMs = await timed(async () => {
    await undoImport(deps, admin, batchId);
    await workThrough(bench, batchId);
  });
  console.log(`undone: ${seconds(undoMs)} s`);
}

async function compareMemory(bench: Bench, file: Buffer): Promise<void> {
  const small = await peakOf(() => stageFile(bench, file));
  const large = Buffer.from(fileOf(ROWS * 4, CONTACTS));
  const four = await peakOf(() => stageFile(bench, large));
  console.log(
    `memory while staging, above the start: ${small} MB for ${file.length >> 20} MB, ${four} MB for ${large.length >> 20} MB`,
  );
}

async function parse(bytes: Buffer, take: (cells: readonly string[]) => unknown): Promise<void> {
  const read = { format: "csv", encoding: "utf-8", delimiter: ",", hasHeader: true } as const;
  for await (const rows of readTable({ ...read, bytes: () => pieces(bytes) }, 5_000)) for (const row of rows) take(row);
}

/** The same rows by one COPY into a table with these indexes. Reading them out is not counted. */
async function copy({ db }: Deps, batchId: string, indexes: readonly string[]): Promise<number> {
  const one = await db.$client.reserve();
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
async function joinAll({ db }: Deps, batchId: string): Promise<void> {
  await db.$client`
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
