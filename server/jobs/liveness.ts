import { randomBytes } from "node:crypto";
import type { Logger } from "pino";
import postgres from "postgres";
import { watchedSocket } from "../db/watched-socket.ts";
import { newId } from "../new-id.ts";

export interface Liveness {
  /** Signs off: jobs these workers still hold are free for others at once. */
  close(): Promise<void>;
}

interface LivenessOptions {
  readonly url: string;
  /** graphile-worker's ids of this process's workers. */
  readonly workerIds: readonly string[];
  readonly log: Logger;
  readonly beatMs?: number;
}

interface Member {
  readonly id: string;
  readonly lockKey: string;
  readonly workerIds: readonly string[];
}

const BEAT_MS = 3000;
/** Many beats: a connection this silent is dead. */
const SILENCE_MS = 12_000;
/** Longer than a process needs from taking its first job to having signed on. */
const ORPHAN_AGE = "1 minute";

/**
 * graphile-worker gives a killed worker's jobs back after four hours; here it takes seconds. Each process holds a session
 * advisory lock on a connection of its own, so Postgres itself notices its death. At every beat a process renews its own
 * sign-on (a restart of Postgres takes all locks) and tries the locks of the others: a lock found free at two beats in a
 * row belonged to a dead process, whose jobs are unlocked.
 */
export async function signOn({ url, workerIds, log, beatMs = BEAT_MS }: LivenessOptions): Promise<Liveness> {
  const sql = connect(url);
  const me: Member = { id: newId(), lockKey: randomBytes(8).readBigInt64BE().toString(), workerIds };
  let suspects: ReadonlySet<string> = new Set();
  let closing = false;
  let timer: NodeJS.Timeout | undefined;

  async function beat(): Promise<void> {
    await renew(sql, me);
    suspects = await buryTheDead(sql, me.id, suspects, log);
    await freeOrphans(sql);
  }

  async function beatAndGoOn(): Promise<void> {
    try {
      await beat();
    } catch (err) {
      log.warn({ err }, "The database did not answer the job workers' sign of life; trying again.");
    }
    if (!closing) timer = setTimeout(run, beatMs);
  }

  let beating: Promise<void> = Promise.resolve();
  function run(): void {
    beating = beatAndGoOn();
  }

  try {
    await beat();
  } catch (error) {
    await sql.end({ timeout: 1 });
    throw error;
  }
  timer = setTimeout(run, beatMs);

  return {
    async close() {
      closing = true;
      clearTimeout(timer);
      await beating;
      try {
        await unlockAndForget(sql, me);
      } finally {
        await sql.end({ timeout: 1 });
      }
    },
  };
}

/** One connection that is never recycled: its session holds the lock. */
function connect(url: string): postgres.Sql {
  const settings = {
    max: 1,
    idle_timeout: 0,
    max_lifetime: null,
    connect_timeout: 5,
    connection: { application_name: "rolodesk liveness", statement_timeout: 10_000 },
    socket: watchedSocket(SILENCE_MS),
    onnotice() {},
  };
  return postgres(url, settings);
}

/** The lock before the row: a row without a lock would look like a dead process. */
async function renew(sql: postgres.Sql, { id, lockKey, workerIds }: Member): Promise<void> {
  const [held] = await sql`
    select from pg_locks
    where locktype = 'advisory' and objsubid = 1 and granted and pid = pg_backend_pid()
      and (classid::bigint << 32) | objid::bigint = ${lockKey}::bigint`;
  if (!held) await sql`select pg_advisory_lock(${lockKey}::bigint)`;
  await sql`
    insert into worker_process (id, lock_key, worker_ids) values (${id}, ${lockKey}, ${[...workerIds]})
    on conflict (id) do nothing`;
}

/** Returns those whose lock is free for the first time: a process that is only reconnecting takes it again in between. */
async function buryTheDead(
  sql: postgres.Sql,
  myId: string,
  suspects: ReadonlySet<string>,
  log: Logger,
): Promise<Set<string>> {
  const others = await sql<Member[]>`
    select id, lock_key::text as "lockKey", worker_ids as "workerIds" from worker_process where id <> ${myId}`;
  const free = new Set<string>();
  for (const other of others) {
    const [attempt] = await sql<{ taken: boolean }[]>`
      select pg_try_advisory_lock(${other.lockKey}::bigint) as taken`;
    if (!attempt?.taken) continue;
    try {
      if (suspects.has(other.id)) {
        await unlockAndForget(sql, other);
        log.warn({ workerIds: other.workerIds }, "A job process died; its jobs are free again.");
      } else {
        free.add(other.id);
      }
    } finally {
      await sql`select pg_advisory_unlock(${other.lockKey}::bigint)`;
    }
  }
  return free;
}

async function unlockAndForget(sql: postgres.Sql, { id, workerIds }: Member): Promise<void> {
  await sql.begin(async (tx) => {
    await tx`select graphile_worker.force_unlock_workers(${[...workerIds]})`;
    await tx`delete from worker_process where id = ${id}`;
  });
}

/** Jobs of a process that died between taking one and signing on. */
async function freeOrphans(sql: postgres.Sql): Promise<void> {
  await sql`
    select graphile_worker.force_unlock_workers(array_agg(distinct locked_by))
    from graphile_worker.jobs
    where locked_at < now() - ${ORPHAN_AGE}::interval
      and not exists (select from worker_process where locked_by = any(worker_ids))
    having count(*) > 0`;
}
