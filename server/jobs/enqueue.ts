import { sql } from "drizzle-orm";
import type { DbOrTx } from "../db/client.ts";
import { JOBS, type Job } from "./catalog.ts";

export interface EnqueueOptions {
  /** Jobs with one queue name run one at a time, oldest first. */
  readonly queue?: string;
  /** Not before this moment. */
  readonly runAt?: Date;
  /** A waiting job with the same key is replaced by this one. */
  readonly jobKey?: string;
  /** Of jobs that share a flag, a process runs only some at a time. */
  readonly flag?: string;
}

/** Adds a job in the caller's transaction: it exists when that commits, and never when it does not. */
export async function enqueue(
  tx: DbOrTx,
  job: Job,
  { queue, runAt, jobKey, flag }: EnqueueOptions = {},
): Promise<void> {
  const { payload: schema, maxAttempts } = JOBS[job.name];
  const payload = JSON.stringify(schema.parse(job.payload));
  await tx.execute(sql`
    select graphile_worker.add_job(
      ${job.name},
      ${payload}::text::json,
      queue_name => ${queue ?? null}::text,
      run_at => ${runAt?.toISOString() ?? null}::timestamptz,
      max_attempts => ${maxAttempts}::int,
      job_key => ${jobKey ?? null}::text,
      flags => ${flag === undefined ? null : sql`array[${flag}]`}::text[]
    )`);
}
