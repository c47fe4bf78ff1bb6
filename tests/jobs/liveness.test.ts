import { describe, expect, test } from "vitest";
import { enqueue } from "../../server/jobs/enqueue.ts";
import { signOn } from "../../server/jobs/liveness.ts";
import { startRunner } from "../../server/jobs/runner.ts";
import { createLog } from "../../server/log.ts";
import { eventually } from "../support/eventually.ts";
import { freshDb } from "../support/fresh-db.ts";
import { IDLE_HANDLERS } from "../support/idle-handlers.ts";
import { newId } from "../support/ids.ts";

const log = createLog({ level: "silent" });

describe("signs of life", () => {
  test("survive a database that drops every connection: the same process signs on anew, nobody is buried", async () => {
    const database = await freshDb();
    const members = await Promise.all(
      ["worker-a", "worker-b"].map((id) => signOn({ url: database.url, workerIds: [id], log, beatMs: 1000 })),
    );
    const locks = () => database.sql<{ pid: number }[]>`
      select pid from pg_locks join pg_database on pg_database.oid = database
      where locktype = 'advisory' and datname = current_database() order by pid`;
    const processes = () => database.sql`select id, started_at from worker_process order by id`;
    const before = await eventually("both locks", async () => both(await locks()));
    const signedOn = await processes();
    await database.sql`
      select pg_terminate_backend(pid) from pg_stat_activity where application_name = 'rolodesk liveness' and datname = current_database()`;
    await eventually("locks of new sessions", async () => {
      const now = both(await locks());
      // one session may hold both for a moment, while it looks whether the other is alive
      return now?.every((pid) => !before.includes(pid)) && new Set(now).size === 2;
    });
    expect(signedOn).toHaveLength(2);
    expect(await processes()).toEqual(signedOn);
    await Promise.all(members.map((member) => member.close()));
    expect(await database.sql`select from worker_process`).toHaveLength(0);
    await database.drop();
  });

  test("workers that could not report a finished job are replaced, and the job is not lost", async () => {
    const database = await freshDb();
    let runs = 0;
    const runner = await startRunner({
      url: database.url,
      log,
      beatMs: 50,
      handlers: {
        ...IDLE_HANDLERS,
        async "sync-run"() {
          runs += 1;
          if (runs > 1) return;
          await database.sql`
            select pg_terminate_backend(pid) from pg_stat_activity where application_name = 'rolodesk jobs' and datname = current_database()`;
        },
      },
    });
    await enqueue(database.db, { name: "sync-run", payload: { runId: newId() } });
    await eventually("the queue to be empty", async () => {
      const left = await database.sql`select from graphile_worker.jobs where task_identifier = 'sync-run'`;
      return left.length === 0;
    });
    await runner.stop();
    await database.drop();
  });

  test("free a job whose worker nobody knows", async () => {
    const database = await freshDb();
    await enqueue(database.db, { name: "sync-run", payload: { runId: newId() } });
    await database.sql`
      update graphile_worker._private_jobs set locked_by = 'worker-unknown', locked_at = now() - interval '2 minutes'`;
    const member = await signOn({ url: database.url, workerIds: ["worker-a"], log });
    expect(await database.sql`select from graphile_worker.jobs where locked_by is null`).toHaveLength(1);
    await member.close();
    await database.drop();
  });
});

function both(rows: readonly { pid: number }[]): number[] | undefined {
  return rows.length === 2 ? rows.map(({ pid }) => pid) : undefined;
}
