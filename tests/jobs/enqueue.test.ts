import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { migrateDatabase } from "../../server/db/migrate.ts";
import { enqueue } from "../../server/jobs/enqueue.ts";
import { enqueueRun } from "../../server/jobs/enqueue-run.ts";
import { eventually } from "../support/eventually.ts";
import { type FreshDb, freshDb } from "../support/fresh-db.ts";
import { newId } from "../support/ids.ts";

let database: FreshDb;
beforeAll(async () => {
  database = await freshDb();
});
afterAll(() => database.drop());

async function jobsOf(key: string) {
  return database.sql`
    select task_identifier, queue_name, max_attempts, run_at from graphile_worker.jobs where key = ${key}`;
}

describe("enqueue", () => {
  test("a job of a transaction that was rolled back does not exist", async () => {
    const jobKey = newId();
    const attempt = database.db.transaction(async (tx) => {
      await enqueue(tx, { name: "sync-run", payload: { runId: newId() } }, { jobKey });
      throw new Error("no");
    });
    await expect(attempt).rejects.toThrow("no");
    expect(await jobsOf(jobKey)).toHaveLength(0);
  });

  test("keeps queue, time and attempts", async () => {
    const jobKey = newId();
    const runAt = new Date("2030-01-02T03:04:05.678Z");
    await enqueue(database.db, { name: "sync-run", payload: { runId: newId() } }, { jobKey, queue: "sync:a:b", runAt });
    expect(await jobsOf(jobKey)).toEqual([
      { task_identifier: "sync-run", queue_name: "sync:a:b", max_attempts: 25, run_at: runAt },
    ]);
  });

  test("the same key is one job, as enqueued last", async () => {
    const jobKey = newId();
    for (const queue of ["first", "second"]) {
      await enqueue(database.db, { name: "sync-run", payload: { runId: newId() } }, { jobKey, queue });
    }
    expect(await jobsOf(jobKey)).toMatchObject([{ queue_name: "second" }]);
  });

  test("a person's push is in no queue, which the engine would lock for every push that looks for its job", async () => {
    const run = { id: newId(), connectionId: newId(), contactId: newId() };
    await database.db.transaction((tx) => enqueueRun(tx, run));
    expect(await jobsOf(`run:${run.id}`)).toMatchObject([{ queue_name: null }]);
  });

  test("a queue nobody waits in is forgotten at the next start", async () => {
    const [empty, waitedIn] = [newId(), newId()];
    for (const name of [empty, waitedIn]) {
      await enqueue(database.db, { name: "check-mappings", payload: {} }, { jobKey: name, queue: name });
    }
    await database.sql`select graphile_worker.remove_job(${empty})`;
    await migrateDatabase(database.url);
    const queues = await database.sql`
      select queue_name from graphile_worker._private_job_queues where queue_name in (${empty}, ${waitedIn})`;
    expect(queues).toEqual([{ queue_name: waitedIn }]);
  });

  test("a queue that a job is being put into while another process starts is not forgotten", async () => {
    const name = newId();
    const job = { name: "check-mappings", payload: {} } as const;
    await enqueue(database.db, job, { jobKey: name, queue: name });
    await database.sql`select graphile_worker.remove_job(${name})`;
    let started: Promise<void> | undefined;
    await database.db.transaction(async (tx) => {
      await enqueue(tx, job, { jobKey: name, queue: name });
      started = migrateDatabase(database.url);
      await eventually("the start to wait for the job", async () => {
        const [row] = await database.sql`
          select from pg_locks where not granted and relation = 'graphile_worker._private_job_queues'::regclass`;
        return row;
      });
    });
    await started;
    expect(await jobsOf(name)).toMatchObject([{ queue_name: name }]);
  });

  test("refuses a payload that is not ids", async () => {
    const job = { name: "sync-run", payload: { runId: "the first one" } } as const;
    await expect(enqueue(database.db, job)).rejects.toThrow();
  });
});
