import { type ChildProcessByStdio, spawn } from "node:child_process";
import { randomBytes } from "node:crypto";
import { once } from "node:events";
import { join } from "node:path";
import type { Writable } from "node:stream";
import { asc, eq } from "drizzle-orm";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { UserActor } from "../../../server/actor.ts";
import { findImportRun, type ImportRunRow, listImportDetails } from "../../../server/db/queries/import-run.ts";
import { user } from "../../../server/db/schema/auth.ts";
import { contact, contactIdentity } from "../../../server/db/schema/contact.ts";
import { crmLink } from "../../../server/db/schema/sync.ts";
import type { Deps } from "../../../server/deps.ts";
import { createHandlers } from "../../../server/jobs/create-handlers.ts";
import { type JobRunner, startRunner } from "../../../server/jobs/runner.ts";
import { createLog } from "../../../server/log.ts";
import { createGhlSimulator } from "../../../server/simulators/ghl/simulator.ts";
import { addConnection } from "../../../server/usecases/connections/add-connection.ts";
import { startImport } from "../../../server/usecases/imports/start-import.ts";
import { eventually } from "../../support/eventually.ts";
import { type FreshDb, freshDb } from "../../support/fresh-db.ts";
import { openDeps } from "../../support/open-deps.ts";
import { type ServedApp, serveApp } from "../../support/serve.ts";

type Doomed = ChildProcessByStdio<Writable, null, null>;

const PAGES = 10;
const PEOPLE = PAGES * 100 - 50;
const DEATHS = 3;
const admin: UserActor = { kind: "user", userId: "admin", name: "Ada", role: "admin", siteIds: null };
const account = { token: "pit-0123456789abcdef", locationId: "demoLocation00000001" };
const secretKey = randomBytes(32);

let fresh: FreshDb;
let deps: Deps;
let closeDeps: () => Promise<void>;
let api: ServedApp;
let connectionId: string;
/** Job processes that are to be killed, in their order. They wait until they are told to begin. */
let doomed: Doomed[] = [];
/** Pages HighLevel was asked for, and what happens before the nth is answered. */
let asked = 0;
let beforeAnswer: (nth: number) => Promise<void> = async () => {};

beforeAll(async () => {
  fresh = await freshDb();
  doomed = Array.from({ length: DEATHS }, spawnWorker);
  ({ deps, close: closeDeps } = openDeps(fresh.url, secretKey));
  const ghl = createGhlSimulator({ ...account, searchLagMs: 0 });
  for (let n = 0; n < PEOPLE; n += 1) ghl.seed("contact", personOf(n));
  api = await serveApp({
    async fetch(request) {
      if (new URL(request.url).pathname === "/contacts/search") {
        asked += 1;
        await beforeAnswer(asked);
      }
      return await ghl.app.fetch(request);
    },
  });
  await deps.db.insert(user).values({ id: admin.userId, name: admin.name, email: "ada@example.com", role: "admin" });
  const { token, locationId } = account;
  const settings = { baseUrl: api.url, locationId };
  const input = { provider: "ghl" as const, name: "HighLevel", siteIds: [], settings, credentials: { token } };
  connectionId = (await addConnection(deps, admin, input)).id;
});
afterAll(async () => {
  await Promise.all(doomed.map(kill));
  await api.close();
  await closeDeps();
  await fresh.drop();
});

/** Of ten, one is without a key, one has a number nobody can read, one must not be written to. */
function personOf(n: number) {
  const email = `person-${n}@example.com`;
  if (n % 10 === 0) return { firstName: `Nameless ${n}` };
  if (n % 10 === 1) return { firstName: `Unread ${n}`, phone: "+1" };
  if (n % 10 === 2) return { firstName: `Silent ${n}`, email, dnd: true };
  return { firstName: `Ann ${n}`, lastName: "Demo", email, phone: `+1202555${String(n).padStart(4, "0")}` };
}

function spawnWorker(): Doomed {
  const script = join(import.meta.dirname, "worker-child.ts");
  const args = ["--import", "tsx", script, fresh.url, secretKey.toString("base64")];
  return spawn(process.execPath, args, { stdio: ["pipe", "ignore", "inherit"] });
}

async function kill(worker: Doomed): Promise<void> {
  if (worker.exitCode !== null || worker.signalCode !== null) return;
  const exit = once(worker, "exit");
  worker.kill("SIGKILL");
  await exit;
}

/**
 * Locks a table now, so that a worker that comes to write to it waits there with all it has written uncommitted. The answer
 * kills it at that moment.
 */
async function holdWritesTo(table: string): Promise<(worker: Doomed) => Promise<void>> {
  const lock = await fresh.sql.reserve();
  await lock.unsafe(`begin; lock table ${table} in share mode`);
  return async (worker) => {
    await eventually(`a write to ${table}`, async () => await isAwaited(table));
    await kill(worker);
    await lock.unsafe("rollback");
    lock.release();
  };
}

async function isAwaited(table: string): Promise<boolean> {
  const rows = await fresh.sql`
    select from pg_locks where relation = ${table}::regclass and not granted
      and database = (select oid from pg_database where datname = current_database())`;
  return rows.length > 0;
}

/** The same jobs in this process, which nobody kills. */
async function startWorker(): Promise<JobRunner> {
  const log = createLog({ level: "error" });
  return await startRunner({ url: fresh.url, log, handlers: createHandlers(deps), beatMs: 100, concurrency: 2 });
}

/** An import of everybody from its start to its end, whoever does the work. */
async function importEverybody(): Promise<ImportRunRow> {
  asked = 0;
  const id = await startImport(deps, admin, { connectionId, kind: "full" });
  return await eventually("the import's end", async () => await doneRun(id), 300_000);
}

async function doneRun(id: string): Promise<ImportRunRow | null> {
  const run = await findImportRun(deps.db, id);
  return run?.status === "done" ? run : null;
}

/** Everybody an import leaves behind, ids and times of ours apart. */
async function everybody() {
  const { firstName, email, phone, doNotContact } = contact;
  const { externalId, state, seen, base } = crmLink;
  const people = await deps.db
    .select({ firstName, email, phone, doNotContact, externalId, state, seen, base })
    .from(contact)
    .fullJoin(crmLink, eq(crmLink.contactId, contact.id))
    .orderBy(asc(externalId));
  const { kind, norm } = contactIdentity;
  const keys = await deps.db.select({ kind, norm }).from(contactIdentity).orderBy(asc(norm));
  return { people, keys };
}

/** What its log says. */
async function logOf({ id, pages, total, imported, updated, skipped, conflicts, errors }: ImportRunRow) {
  const details = (await listImportDetails(deps.db, { runId: id }, PEOPLE))
    .map(({ externalId, outcome, reason, label }) => ({ externalId, outcome, reason, label }))
    .toSorted((one, other) => (one.externalId < other.externalId ? -1 : 1));
  return { counts: { pages, total, imported, updated, skipped, conflicts, errors }, details };
}

test("an import whose workers are killed at 10, 50 and 90 % ends as one that nobody disturbed, and reads one page again for each", async () => {
  const quiet = await startWorker();
  const undisturbed = await importEverybody();
  await quiet.stop();
  const wanted = { ...(await logOf(undisturbed)), ...(await everybody()) };
  expect(undisturbed).toMatchObject({ total: PEOPLE, imported: 760, skipped: 95, errors: 95 });
  expect([wanted.people.length, asked]).toEqual([760, PAGES]);

  await fresh.sql`truncate contact, import_run, contact_sync cascade`;
  const [first, second, third] = doomed;
  if (!first || !second || !third) throw new Error("There are three.");
  const deaths: Promise<JobRunner | boolean>[] = [];
  beforeAnswer = async (nth) => {
    if (nth === 2) {
      await kill(first);
      second.stdin.write("begin");
    }
    if (nth === 7) {
      // nothing of the page is written yet
      const killHeld = await holdWritesTo("contact");
      deaths.push(killHeld(second).then(() => third.stdin.write("begin")));
    }
    if (nth === 12) {
      // all of it is written, except that it was
      const killHeld = await holdWritesTo("import_run");
      deaths.push(killHeld(third).then(startWorker));
    }
  };
  first.stdin.write("begin");
  const killed = await importEverybody();
  const [, heir] = await Promise.all(deaths);
  expect(doomed.map(({ signalCode }) => signalCode)).toEqual(["SIGKILL", "SIGKILL", "SIGKILL"]);
  expect({ ...(await logOf(killed)), ...(await everybody()) }).toEqual(wanted);
  expect(asked).toBe(PAGES + DEATHS);

  beforeAnswer = async () => {};
  const again = await importEverybody();
  if (typeof heir === "object") await heir.stop();
  expect(again).toMatchObject({ total: PEOPLE, imported: 0, updated: 0, conflicts: 0, unlinked: 0 });
  expect(await everybody()).toEqual({ people: wanted.people, keys: wanted.keys });
});
