import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { findUnfinishedImport, listImportRuns } from "../../../server/db/queries/import-run.ts";
import { changeConnection } from "../../../server/usecases/connections/change-connection.ts";
import { pauseConnection, resumeConnection } from "../../../server/usecases/connections/pause-connection.ts";
import { changeContactSync } from "../../../server/usecases/imports/contact-sync.ts";
import { runImport } from "../../../server/usecases/imports/run-import.ts";
import { startDueImports } from "../../../server/usecases/imports/start-due-imports.ts";
import { startImport } from "../../../server/usecases/imports/start-import.ts";
import { cancelImport, pauseImport, resumeImport } from "../../../server/usecases/imports/steer-import.ts";
import { contactsOf, importContacts, importRunOf } from "../../support/import-contacts.ts";
import { createSyncRig, type SyncRig } from "../../support/sync-rig.ts";

const MINUTE_MS = 60_000;
const PEOPLE = 250;

let rig: SyncRig;
let ghl: string;
let dynamics: string;

beforeAll(async () => {
  rig = await createSyncRig();
  ghl = await rig.connect("ghl");
  dynamics = await rig.connect("dynamics");
});
afterAll(() => rig.close());

beforeEach(async () => {
  await rig.deps.db.$client`truncate contact, contact_sync, import_run cascade`;
  rig.ghl.reset();
  rig.dynamics.reset();
  for (let n = 0; n < PEOPLE; n += 1) rig.ghl.seed("contact", { email: `person-${n}@example.com` });
  rig.advance(60 * MINUTE_MS);
});

const start = () => startImport(rig.deps, rig.admin, { connectionId: ghl, kind: "full" });

async function runsOf(connectionId: string) {
  return (await listImportRuns(rig.deps.db, { connectionId }, 50)).map(({ run }) => run).toReversed();
}

test("a paused import stores the page it is at, makes no call, and goes on where it was", async () => {
  const runId = await start();
  await runImport(rig.deps, { runId });
  await pauseImport(rig.deps, rig.admin, runId);
  rig.ghl.journal.clear();
  await rig.workUntilIdle();
  expect(rig.ghl.journal.entries).toEqual([]);
  expect(await importRunOf(rig, runId)).toMatchObject({ status: "paused", total: 100, pages: 1 });
  await resumeImport(rig.deps, rig.admin, runId);
  await rig.workUntilIdle();
  expect(await importRunOf(rig, runId)).toMatchObject({ status: "done", total: PEOPLE, imported: PEOPLE });
  expect(rig.ghl.journal.entries).toHaveLength(2);
});

test("a page that is delivered twice at once counts once", async () => {
  const runId = await start();
  await Promise.all([runImport(rig.deps, { runId }), runImport(rig.deps, { runId })]);
  expect(await importRunOf(rig, runId)).toMatchObject({ total: 100, pages: 1 });
  await rig.workUntilIdle(2);
  expect(await importRunOf(rig, runId)).toMatchObject({ status: "done", total: PEOPLE, imported: PEOPLE });
  expect(await contactsOf(rig)).toHaveLength(PEOPLE);
});

test("a cancelled import keeps what came in and does nothing more", async () => {
  const runId = await start();
  await runImport(rig.deps, { runId });
  await cancelImport(rig.deps, rig.admin, runId);
  await rig.workUntilIdle();
  expect(await importRunOf(rig, runId)).toMatchObject({ status: "cancelled", total: 100 });
  expect(await contactsOf(rig)).toHaveLength(100);
});

test("a CRM that is down is asked again, one that asks to wait is let alone, and nothing is lost or doubled", async () => {
  const down = { kind: "status", status: 503, body: "<html>Service Unavailable</html>" } as const;
  const busy = {
    kind: "status",
    status: 429,
    body: "",
    headers: { "x-ratelimit-interval-milliseconds": "10000" },
  } as const;
  const runId = await start();
  rig.ghl.faults.play({ fault: down, times: 2 });
  await rig.work();
  expect(await importRunOf(rig, runId)).toMatchObject({
    status: "waiting",
    problem: expect.stringContaining("HighLevel"),
  });
  rig.advance(MINUTE_MS);
  await rig.work();
  rig.ghl.faults.play({ fault: busy, times: 1 });
  await rig.workUntilIdle();
  const run = await importRunOf(rig, runId);
  expect(run).toMatchObject({ status: "done", total: PEOPLE, imported: PEOPLE, problem: null, attempts: 0 });
});

test("after eight failures it stops with the CRM's words, and goes on when somebody resumes it", async () => {
  const runId = await start();
  rig.ghl.faults.play({ fault: { kind: "status", status: 503, body: "" }, times: 8 });
  await rig.workUntilIdle();
  expect(await importRunOf(rig, runId)).toMatchObject({ status: "failed", problem: expect.stringContaining("503") });
  await resumeImport(rig.deps, rig.admin, runId);
  await rig.workUntilIdle();
  expect(await importRunOf(rig, runId)).toMatchObject({ status: "done", imported: PEOPLE });
});

test("refused credentials let it wait; with new ones it goes on by itself", async () => {
  const runId = await start();
  rig.ghl.faults.play({
    fault: { kind: "status", status: 401, body: JSON.stringify({ message: "Invalid JWT" }) },
    times: 1,
  });
  await rig.workUntilIdle();
  expect(await importRunOf(rig, runId)).toMatchObject({
    status: "waiting",
    problem: "HighLevel: Invalid JWT. Save a new token in this connection, or authorize it again.",
  });
  expect((await rig.connection(ghl)).status).toBe("needs_reconnect");
  await changeConnection(rig.deps, rig.admin, ghl, { credentials: rig.access.ghl.credentials });
  await rig.workUntilIdle();
  expect(await importRunOf(rig, runId)).toMatchObject({ status: "done", imported: PEOPLE });
});

test("a paused connection keeps its import, which goes on with it", async () => {
  const runId = await start();
  await runImport(rig.deps, { runId });
  await pauseConnection(rig.deps, rig.admin, ghl);
  rig.ghl.journal.clear();
  await rig.workUntilIdle();
  expect(rig.ghl.journal.entries).toEqual([]);
  await resumeConnection(rig.deps, rig.admin, ghl);
  await rig.workUntilIdle();
  expect(await importRunOf(rig, runId)).toMatchObject({ status: "done", imported: PEOPLE });
});

test("the clock reads everybody first, then changes at the interval, and everybody once a day", async () => {
  await changeContactSync(rig.deps, rig.admin, ghl, { everyMinutes: 60 });
  const tick = async (minutes: number) => {
    rig.advance(minutes * MINUTE_MS);
    await Promise.all([startDueImports(rig.deps), startDueImports(rig.deps)]);
    await rig.workUntilIdle();
  };
  await tick(0);
  await tick(10);
  await tick(50);
  await tick(24 * 60);
  const runs = await runsOf(ghl);
  expect(runs.map(({ kind, status }) => [kind, status])).toEqual([
    ["full", "done"],
    ["changes", "done"],
    ["full", "done"],
  ]);
  expect(runs.every(({ trigger, startedBy }) => trigger === "schedule" && startedBy === null)).toBe(true);
  expect(await findUnfinishedImport(rig.deps.db, ghl)).toBeUndefined();
});

test("another tag that is asked for while an import is at work makes the next one read everybody with it", async () => {
  const runId = await start();
  await runImport(rig.deps, { runId });
  await changeContactSync(rig.deps, rig.admin, ghl, { tag: "vip" });
  await rig.workUntilIdle();
  expect(await importRunOf(rig, runId)).toMatchObject({ status: "done", tag: null });
  expect(await importContacts(rig, ghl, "changes")).toMatchObject({ kind: "full", tag: "vip", status: "done" });
  expect(await importContacts(rig, ghl, "changes")).toMatchObject({ kind: "changes", tag: "vip" });
});

test("a position Dynamics no longer knows is answered by reading everybody", async () => {
  const id = rig.dynamics.seed("contact", { lastname: "Lee", emailaddress1: "lee@example.com" });
  rig.dynamics.seed("contact", { lastname: "Poe", emailaddress1: "poe@example.com" });
  await importContacts(rig, dynamics);
  rig.advance(30 * 24 * 60 * MINUTE_MS);
  rig.dynamics.remove("contact", id);
  expect(await importContacts(rig, dynamics, "changes")).toMatchObject({
    kind: "full",
    status: "done",
    total: 1,
    unlinked: 1,
  });
  expect(await contactsOf(rig)).toHaveLength(2);
});
