import type { ChildProcess } from "node:child_process";
import { cpus } from "node:os";
import { setTimeout as delay } from "node:timers/promises";
import { getRequestListener } from "@hono/node-server";
import { sql } from "drizzle-orm";
import { findImportRun, type ImportRunRow } from "../server/db/queries/import-run.ts";
import type { Deps } from "../server/deps.ts";
import { listenOn } from "../server/listen.ts";
import { createGhlSimulator, type GhlSimulator } from "../server/simulators/ghl/simulator.ts";
import { addConnection } from "../server/usecases/connections/add-connection.ts";
import { startImport } from "../server/usecases/imports/start-import.ts";
import { type Bench, runBench } from "./run-bench.ts";
import { endChild, startWorker } from "./worker.ts";

/**
 * 10,000 people of HighLevel come in over HTTP with its published limit on: once undisturbed, once with the worker killed (SIGKILL)
 * at 10, 50 and 90 %, and once more when nothing is new. Loopback only; ends by itself; writes nothing.
 */
const PEOPLE = Number(process.argv[2] ?? 10_000);
const PAGES = Math.ceil(PEOPLE / 100);
const DEATHS_AT = [0.1, 0.5, 0.9];
const ENDS_AFTER_MS = 5 * 60_000;
const LOOK_EVERY_MS = 20;
const ACCOUNT = { token: "bench-token", locationId: "benchLocation0000001" };

interface Imports extends Bench {
  readonly ghl: GhlSimulator;
  readonly connectionId: string;
  worker: ChildProcess;
}

await runBench(ENDS_AFTER_MS, async (bench) => {
  const ghl = createGhlSimulator(ACCOUNT);
  for (let n = 0; n < PEOPLE; n += 1) ghl.seed("contact", personOf(n));
  const { server, port } = await listenOn("127.0.0.1", 0);
  server.on("request", getRequestListener(ghl.app.fetch));
  const connectionId = await connect(bench, `http://127.0.0.1:${port}`);

  const imports = { ...bench, ghl, connectionId, worker: startWorker(bench) };
  const undisturbed = await measure(imports, []);
  await bench.deps.db.execute(sql`truncate contact, import_run, contact_sync cascade`);
  const killed = await measure(imports, DEATHS_AT);
  const again = await measure(imports, []);
  console.log(`${PEOPLE.toLocaleString()} people; ${cpus().length} cores; ${new Date().toISOString().slice(0, 10)}`);
  console.table({ undisturbed, "killed three times": killed, "nothing new": again });
});

/** Half of them with a number; of a hundred, one is without a key and one must not be written to. */
function personOf(n: number) {
  const phone = `+1202555${String(n).padStart(4, "0")}`;
  if (n % 100 === 0) return { firstName: `Nameless ${n}` };
  const known = { firstName: `Ann ${n}`, lastName: "Demo", email: `person-${n}@example.com` };
  return { ...known, ...(n % 2 === 0 && { phone }), ...(n % 100 === 1 && { dnd: true }) };
}

async function connect({ deps, admin }: Bench, baseUrl: string): Promise<string> {
  const settings = { baseUrl, locationId: ACCOUNT.locationId };
  const input = { provider: "ghl" as const, name: "HighLevel", siteIds: [], settings };
  return (await addConnection(deps, admin, { ...input, credentials: { token: ACCOUNT.token } })).id;
}

/** One import to its end; the worker is killed at these shares of its pages and another begins. */
async function measure(imports: Imports, deathsAt: readonly number[]) {
  const { deps, admin, ghl, connectionId } = imports;
  ghl.journal.clear();
  const began = performance.now();
  const runId = await startImport(deps, admin, { connectionId, kind: "full" });
  for (const share of deathsAt) {
    await reach(deps, runId, ({ pages }) => pages >= share * PAGES);
    await endChild(imports.worker, "SIGKILL");
    imports.worker = startWorker(imports);
  }
  const run = await reach(deps, runId, ({ status }) => status === "done");
  const [rows] = await deps.db.execute<{ contacts: number; links: number; keys: number }>(sql`
    select (select count(*)::int from contact) as contacts, (select count(*)::int from crm_link) as links,
      (select count(*)::int from contact_identity) as keys`);
  const { total, imported, updated, skipped, errors } = run;
  const calls = ghl.journal.entries.filter(({ path }) => path.startsWith("/contacts/search"));
  return {
    s: Math.round((performance.now() - began) / 1000),
    calls: calls.length,
    "answers 429": calls.filter(({ status }) => status === 429).length,
    ...{ total, imported, updated, skipped, errors, ...rows },
  };
}

async function reach(deps: Deps, runId: string, isThere: (run: ImportRunRow) => boolean): Promise<ImportRunRow> {
  for (;;) {
    const run = await findImportRun(deps.db, runId);
    if (run && isThere(run)) return run;
    await delay(LOOK_EVERY_MS);
  }
}
