import { expect, test } from "vitest";
import { createHandlers } from "../../server/jobs/create-handlers.ts";
import { enqueue } from "../../server/jobs/enqueue.ts";
import { startRunner } from "../../server/jobs/runner.ts";
import { eventually } from "../support/eventually.ts";
import { newId } from "../support/ids.ts";
import { createSyncRig } from "../support/sync-rig.ts";

const OTHERS = 20;

test("a job that always throws keeps no other one waiting, and after its last attempt stays with its reason", async () => {
  const { deps, databaseUrl: url, ...rig } = await createSyncRig();
  const poison = newId();
  const others = Array.from({ length: OTHERS }, () => newId());
  const ended = new Set<string>();
  await enqueue(deps.db, { name: "sync-run", payload: { runId: poison } }, { jobKey: poison });
  await deps.db.execute(`update graphile_worker._private_jobs set attempts = max_attempts - 1 where key = '${poison}'`);
  for (const runId of others) await enqueue(deps.db, { name: "sync-run", payload: { runId } });
  const handlers: Parameters<typeof startRunner>[0]["handlers"] = {
    ...createHandlers(deps),
    async "sync-run"({ runId }) {
      if (runId === poison) throw new Error("Nobody can do this.");
      ended.add(runId);
    },
  };
  const runner = await startRunner({ url, handlers, log: deps.log, concurrency: 2 });
  const poisoned = () =>
    deps.db.execute(`select attempts = max_attempts as spent, last_error, locked_at from graphile_worker._private_jobs
      where key = '${poison}' and last_error is not null and locked_at is null`);
  await eventually("the others", () => ended.size === OTHERS);
  await eventually("the last attempt", async () => (await poisoned()).length === 1);
  expect((await poisoned())[0]).toMatchObject({
    spent: true,
    last_error: expect.stringContaining("Nobody can do this."),
  });
  await runner.stop();
  await rig.close();
});
