import type { ListImportRows } from "@rolodesk/shared/import-batch";
import { approveRows } from "../server/usecases/files/decide-rows.ts";
import { viewBatch } from "../server/views/import-batch.ts";
import { viewImportRow, viewImportRows } from "../server/views/import-row.ts";
import { median, quantile, timed } from "./figures.ts";
import { fileOf, seedContacts } from "./import-csv/seed.ts";
import { stageFile, workThrough } from "./import-csv/stage-file.ts";
import { type Bench, runBench } from "./run-bench.ts";

/** What the review of a file of 100,000 people waits for, beside as many contacts: before anything is approved, and when all is brought in. */
const ROWS = Number(process.env.ROWS ?? 100_000);
const ROUNDS = 40;
const ENDS_AFTER_MS = 5 * 60_000;

await runBench(ENDS_AFTER_MS, async (bench) => {
  await seedContacts(bench.databaseUrl, ROWS);
  const batchId = await stageFile(bench, Buffer.from(fileOf(ROWS, ROWS)));
  console.log(`${ROWS.toLocaleString("en")} rows that wait`);
  await review(bench, batchId);

  await approveRows(bench.deps, bench.admin, batchId, { class: null });
  await workThrough(bench, batchId);
  console.log(`${ROWS.toLocaleString("en")} rows, brought in but for those that cannot be`);
  await review(bench, batchId);
});

async function review({ deps, admin }: Bench, batchId: string): Promise<void> {
  const list = (wanted: Partial<ListImportRows>) => () =>
    viewImportRows(deps.db, admin, batchId, { after: 0, limit: 50, ...wanted });
  await measure("batch", () => viewBatch(deps.db, admin, batchId));
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
  await measure("one row", () => viewImportRow(deps.db, admin, { batchId, line: Math.floor(ROWS * 0.77) }));
}

async function measure(name: string, view: () => Promise<unknown>): Promise<void> {
  const times: number[] = [];
  for (let round = 0; round < ROUNDS; round += 1) times.push(await timed(view));
  console.log(`| ${name} | ${median(times).toFixed(1)} | ${quantile(times, 0.95).toFixed(1)} |`);
}
