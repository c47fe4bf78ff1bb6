import { type ChildProcess, spawn } from "node:child_process";
import { randomBytes } from "node:crypto";
import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import { cpus, tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { getRequestListener } from "@hono/node-server";
import { sql } from "drizzle-orm";
import type { UserActor } from "../server/actor.ts";
import { startEmbedded } from "../server/db/embedded/start-embedded.ts";
import { migrateDatabase } from "../server/db/migrate.ts";
import { findImportRun, type ImportRunRow } from "../server/db/queries/import-run.ts";
import { user } from "../server/db/schema/auth.ts";
import type { Deps } from "../server/deps.ts";
import { closeServer, listenOn } from "../server/listen.ts";
import { createGhlSimulator, type GhlSimulator } from "../server/simulators/ghl/simulator.ts";
import { addConnection } from "../server/usecases/connections/add-connection.ts";
import { startImport } from "../server/usecases/imports/start-import.ts";
import { openDeps } from "../tests/support/open-deps.ts";

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

const tooLate = setTimeout(() => {
  console.error("The bench took too long.");
  process.exit(1);
}, ENDS_AFTER_MS);
const folder = mkdtempSync(join(tmpdir(), "rolodesk-bench-"));
const database = await startEmbedded({ folder: join(folder, "postgres"), dieWithParent: true });
const secretKey = randomBytes(32);
let worker = startWorker();
try {
  await migrateDatabase(database.url);
  const { deps, close } = openDeps(database.url, secretKey);
  const ghl = createGhlSimulator(ACCOUNT);
  for (let n = 0; n < PEOPLE; n += 1) ghl.seed("contact", personOf(n));
  const { server, port } = await listenOn("127.0.0.1", 0);
  server.on("request", getRequestListener(ghl.app.fetch));
  const connectionId = await connect(deps, `http://127.0.0.1:${port}`);

  const undisturbed = await measure(deps, ghl, connectionId, []);
  await deps.db.execute(sql`truncate contact, import_run, contact_sync cascade`);
  const killed = await measure(deps, ghl, connectionId, DEATHS_AT);
  const again = await measure(deps, ghl, connectionId, []);
  console.log(`${PEOPLE.toLocaleString()} people; ${cpus().length} cores; ${new Date().toISOString().slice(0, 10)}`);
  console.table({ undisturbed, "killed three times": killed, "nothing new": again });
  await close();
  await closeServer(server);
} finally {
  await end(worker, "SIGTERM");
  await database.stop();
  rmSync(folder, { recursive: true, force: true });
  clearTimeout(tooLate);
}
process.exit(0);

/** Half of them with a number; of a hundred, one is without a key and one must not be written to. */
function personOf(n: number) {
  const phone = `+1202555${String(n).padStart(4, "0")}`;
  if (n % 100 === 0) return { firstName: `Nameless ${n}` };
  const known = { firstName: `Ann ${n}`, lastName: "Demo", email: `person-${n}@example.com` };
  return { ...known, ...(n % 2 === 0 && { phone }), ...(n % 100 === 1 && { dnd: true }) };
}

async function connect(deps: Deps, baseUrl: string): Promise<string> {
  const admin = adminOf();
  await deps.db.insert(user).values({ id: admin.userId, name: admin.name, email: "bench@example.com", role: "admin" });
  const settings = { baseUrl, locationId: ACCOUNT.locationId };
  const input = { provider: "ghl" as const, name: "HighLevel", siteIds: [], settings };
  return (await addConnection(deps, admin, { ...input, credentials: { token: ACCOUNT.token } })).id;
}

function adminOf(): UserActor {
  return { kind: "user", userId: "bench", name: "Bench", role: "admin", siteIds: null };
}

/** One import to its end; the worker is killed at these shares of its pages and another begins. */
async function measure(deps: Deps, ghl: GhlSimulator, connectionId: string, deathsAt: readonly number[]) {
  ghl.journal.clear();
  const began = performance.now();
  const runId = await startImport(deps, adminOf(), { connectionId, kind: "full" });
  for (const share of deathsAt) {
    await reach(deps, runId, ({ pages }) => pages >= share * PAGES);
    await end(worker, "SIGKILL");
    worker = startWorker();
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

function startWorker(): ChildProcess {
  const main = join(import.meta.dirname, "..", "server", "main.ts");
  const own = { ROLE: "worker", DEMO: "1", LOG_LEVEL: "error", DATABASE_URL: database.url, DATA_DIR: folder };
  return spawn(process.execPath, ["--import", "tsx", main], {
    env: { ...process.env, ...own, SECRET_KEY: secretKey.toString("base64") },
    stdio: ["ignore", "inherit", "inherit"],
  });
}

async function end(child: ChildProcess, signal: NodeJS.Signals): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const exit = once(child, "exit");
  child.kill(signal);
  await exit;
}
