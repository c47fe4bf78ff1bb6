import { setTimeout as delay } from "node:timers/promises";
import { createHandlers } from "../../server/jobs/create-handlers.ts";
import { startRunner } from "../../server/jobs/runner.ts";
import type { Bench } from "../run-bench.ts";

const JOBS = 200;
const PAUSE_MS = 15;

/** Milliseconds from the commit of each job to its start, by workers that have nothing else to do. */
export async function timePickups({ databaseUrl, deps }: Bench): Promise<number[]> {
  const started = new Map<string, () => void>();
  const handlers = {
    ...createHandlers(deps),
    "sync-run": async ({ runId }: { runId: string }) => started.get(runId)?.(),
  };
  const runner = await startRunner({ url: databaseUrl, handlers, log: deps.log });
  try {
    await delay(2000);
    const took: number[] = [];
    for (let i = 0; i < JOBS; i += 1) {
      const runId = deps.newId();
      const picked = new Promise<void>((resolve) => started.set(runId, resolve));
      await deps.db.transaction((tx) => deps.enqueue(tx, { name: "sync-run", payload: { runId } }));
      const committed = performance.now();
      await picked;
      took.push(performance.now() - committed);
      await delay(PAUSE_MS);
    }
    return took;
  } finally {
    await runner.stop();
  }
}
