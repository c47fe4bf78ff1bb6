import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { enqueue } from "../../server/jobs/enqueue.ts";
import { eventually } from "../support/eventually.ts";
import { type FreshDb, freshDb } from "../support/fresh-db.ts";
import { newId } from "../support/ids.ts";
import { openWorkerProcesses, type WorkerProcesses } from "./worker-processes.ts";

let database: FreshDb;
let workers: WorkerProcesses;
beforeEach(async () => {
  database = await freshDb();
  workers = openWorkerProcesses(database.url);
});
afterEach(async () => {
  await workers.end();
  await database.drop();
});

async function push(queue?: string): Promise<string> {
  const runId = newId();
  await enqueue(database.db, { name: "sync-run", payload: { runId } }, { queue });
  return runId;
}

const begun = (runId: string) => eventually(`a begin of ${runId}`, () => has("begin", runId));
const ended = (runId: string) => eventually(`an end of ${runId}`, () => has("end", runId));

function has(what: string, runId: string): boolean {
  return workers.journal().some((line) => line.startsWith(`${what} ${runId} `));
}

async function processesSignedOn(): Promise<number> {
  return (await database.sql`select from worker_process`).length;
}

describe("job processes", () => {
  test("a killed one's job runs again in another, also behind a queue name", async () => {
    const doomed = await workers.start(60_000);
    const runs = [await push(), await push("sync:one:person")];
    await Promise.all(runs.map(begun));
    doomed.kill("SIGKILL");
    const heir = await workers.start(0);
    await Promise.all(runs.map(ended));
    for (const runId of runs) expect(workers.journal()).toContain(`end ${runId} ${heir.pid}`);
    await eventually("the dead one's row to go", async () => (await processesSignedOn()) === 1);
  });

  test("two living ones leave each other's jobs alone", async () => {
    await Promise.all([workers.start(3000), workers.start(3000)]);
    const runs = await Promise.all([1, 2, 3, 4, 5, 6].map(() => push()));
    await Promise.all(runs.map(ended));
    const begins = workers.journal().filter((line) => line.startsWith("begin"));
    expect(begins).toHaveLength(runs.length);
    expect(await processesSignedOn()).toBe(2);
  });

  test("jobs with one queue name never overlap and keep their order, across processes", async () => {
    await Promise.all([workers.start(30), workers.start(30)]);
    const runs: string[] = [];
    for (let i = 0; i < 12; i += 1) runs.push(await push("sync:same:person"));
    await Promise.all(runs.map(ended));
    const happened = workers
      .journal()
      .filter((line) => !line.startsWith("ready"))
      .map((line) => line.split(" ").slice(0, 2).join(" "));
    expect(happened).toEqual(runs.flatMap((runId) => [`begin ${runId}`, `end ${runId}`]));
  });

  test("one told to stop finishes what it has, exits with 0 and signs off", async () => {
    const worker = await workers.start(500);
    const runId = await push();
    await begun(runId);
    worker.kill("SIGTERM");
    await eventually("its exit", () => worker.exitCode !== null);
    expect(worker.exitCode).toBe(0);
    expect(workers.journal()).toContain(`end ${runId} ${worker.pid}`);
    expect(await processesSignedOn()).toBe(0);
    expect(await database.sql`select from graphile_worker.jobs where task_identifier = 'sync-run'`).toHaveLength(0);
  });

  test("one told to stop in a job that does not end hands it back", async () => {
    const worker = await workers.start(60_000);
    const runId = await push("sync:some:body");
    await begun(runId);
    worker.kill("SIGTERM");
    await eventually("its exit", () => worker.exitCode !== null);
    expect(worker.exitCode).toBe(0);
    await workers.start(0);
    await ended(runId);
  });
});
