import { join } from "node:path";
import { drizzle } from "drizzle-orm/postgres-js";
import { migrate } from "drizzle-orm/postgres-js/migrator";
import { Logger, runMigrations } from "graphile-worker";
import postgres from "postgres";
import { projectRoot } from "../project-root.ts";
import type { Sql } from "./client.ts";

const quiet = new Logger(() => () => {});
const MIGRATION_LOCK = 7_265_100_001;

/** Brings the tables and the job queue's schema up to date. Several processes may start at once: one does it, the others wait. */
export async function migrateDatabase(url: string): Promise<void> {
  const client = postgres(url, { max: 1, connection: { TimeZone: "UTC" }, onnotice() {} });
  try {
    await client`select pg_advisory_lock(${MIGRATION_LOCK})`;
    await client`create extension if not exists pg_trgm`;
    await migrate(drizzle(client), { migrationsFolder: join(projectRoot(), "drizzle") });
    await runMigrations({ connectionString: url, logger: quiet });
    await forgetIdleQueues(client);
  } finally {
    await client.end({ timeout: 2 });
  }
}

/**
 * The job engine keeps a row for every queue there ever was and locks all of them whenever it looks for a job. One that an
 * uncommitted job of another process is put into would look idle: the table's lock waits for those, and holds off new ones.
 */
async function forgetIdleQueues(sql: Sql): Promise<void> {
  await sql.begin(async (tx) => {
    await tx`lock table graphile_worker._private_job_queues in share row exclusive mode`;
    await tx`
      delete from graphile_worker._private_job_queues q
      where locked_at is null and not exists (select from graphile_worker._private_jobs j where j.job_queue_id = q.id)`;
  });
}
