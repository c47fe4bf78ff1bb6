import { setTimeout as delay } from "node:timers/promises";
import { Pool, type PoolClient } from "pg";

/**
 * Mutual exclusion of everything that writes one person's record in one CRM, across processes. The lock is a
 * session's advisory lock, so it ends with the process that holds it, however that ends.
 */
export interface RecordLocks {
  /** Runs `work` while holding the lock; `busy` when another holder kept it for the whole of `waitMs`. */
  hold<T>(connectionId: string, contactId: string, waitMs: number, work: () => Promise<T>): Promise<T | "busy">;
  /** The same for all records of several people at once; takers of overlapping ones never wait for each other in a ring. */
  holdAll<T>(records: readonly HeldRecord[], waitMs: number, work: () => Promise<T>): Promise<T | "busy">;
  /** The same for one request that may be sent several times, by a key of its own. Work that it does may hold records. */
  holdRequest<T>(key: string, waitMs: number, work: () => Promise<T>): Promise<T | "busy">;
  /**
   * The same for several people at once. Whoever gathers for a connection does so alone: `busy` when another did for the whole of
   * `waitMs`. Those of `choose` who are free are held, in their order, without waiting for any; `claim` makes them one's
   * own; then the next may gather, and `work` begins.
   */
  holdSeveral<C, T>(connectionId: string, waitMs: number, gathering: Gathering<C, T>): Promise<T | "busy">;
  close(): Promise<void>;
}

interface HeldRecord {
  readonly connectionId: string;
  readonly contactId: string;
}

interface Gathering<C, T> {
  choose(): Promise<{ readonly contactIds: readonly string[]; readonly atMost: number }>;
  claim(held: readonly string[]): Promise<C>;
  work(claimed: C): Promise<T>;
}

/** Sessions for requests. Apart from those for records: who holds one of these may ask for one of those. */
const MAX_REQUESTS = 8;
const RETRY_MS = 50;
const CLOSE_TIMEOUT_MS = 2_000;

/**
 * `max` sessions are kept at most: as many as there are jobs and requests that may hold a lock at once. A session that the
 * database ends while `work` runs takes the lock along, not the work: what that stores is fenced by its lease.
 */
export function openRecordLocks(url: string, max = 20): RecordLocks {
  const records = openPool(url, max);
  const requests = openPool(url, MAX_REQUESTS);

  return {
    hold: (connectionId, contactId, waitMs, work) =>
      holdNamed(records, [nameOf(connectionId, contactId)], waitMs, work),
    holdAll(wanted, waitMs, work) {
      const names = new Set(wanted.map(({ connectionId, contactId }) => nameOf(connectionId, contactId)));
      return holdNamed(records, [...names].sort(), waitMs, work);
    },
    holdRequest: (key, waitMs, work) => holdNamed(requests, [`request:${key}`], waitMs, work),
    async holdSeveral(connectionId, waitMs, { choose, claim, work }) {
      const session = await checkOut(records);
      const gathering = `gather:${connectionId}`;
      try {
        if (!(await acquire(session.client, gathering, Date.now() + waitMs))) return "busy";
        const claimed = await claim(await holdFree(session.client, connectionId, await choose()));
        await session.client.query("select pg_advisory_unlock(hashtextextended($1, 0))", [gathering]);
        return await work(claimed);
      } finally {
        await session.giveBack();
      }
    },
    async close() {
      const ended = Promise.all([records.end(), requests.end()]);
      await Promise.race([ended, delay(CLOSE_TIMEOUT_MS, undefined, { ref: false })]);
    },
  };
}

function openPool(url: string, max: number): Pool {
  const pool = new Pool({
    connectionString: url,
    max,
    keepAlive: true,
    idleTimeoutMillis: 60_000,
    connectionTimeoutMillis: 30_000,
    query_timeout: 15_000,
    application_name: "rolodesk-locks",
  });
  // A session lost while idle is replaced at its next use; without a listener it would end the process.
  pool.on("error", () => {});
  return pool;
}

async function holdNamed<T>(
  pool: Pool,
  names: readonly string[],
  waitMs: number,
  work: () => Promise<T>,
): Promise<T | "busy"> {
  const session = await checkOut(pool);
  const until = Date.now() + waitMs;
  try {
    for (const name of names) if (!(await acquire(session.client, name, until))) return "busy";
    return await work();
  } finally {
    await session.giveBack();
  }
}

/** A session of one's own. One that breaks leaves the pool at once, whatever its user is doing. */
async function checkOut(pool: Pool): Promise<{ readonly client: PoolClient; giveBack(): Promise<void> }> {
  const client = await pool.connect();
  let isHeld = true;
  function discard(): void {
    if (isHeld) client.release(true);
    isHeld = false;
  }
  client.on("error", discard);
  return {
    client,
    async giveBack() {
      if (!isHeld) return;
      const isFree = await client.query("select pg_advisory_unlock_all()").then(
        () => true,
        () => false,
      );
      if (!isFree || !isHeld) return discard();
      isHeld = false;
      client.off("error", discard);
      client.release();
    },
  };
}

async function holdFree(
  session: PoolClient,
  connectionId: string,
  { contactIds, atMost }: { readonly contactIds: readonly string[]; readonly atMost: number },
): Promise<string[]> {
  const { rows } = await session.query<{ id: string }>(
    "select id from unnest($1::text[]) as id where pg_try_advisory_lock(hashtextextended($2 || id, 0)) limit $3",
    [contactIds, nameOf(connectionId, ""), atMost],
  );
  return rows.map(({ id }) => id);
}

function nameOf(connectionId: string, contactId: string): string {
  return `record:${connectionId}:${contactId}`;
}

async function acquire(session: PoolClient, name: string, until: number): Promise<boolean> {
  for (;;) {
    const { rows } = await session.query<{ got: boolean }>(
      "select pg_try_advisory_lock(hashtextextended($1, 0)) as got",
      [name],
    );
    if (rows[0]?.got) return true;
    if (Date.now() >= until) return false;
    await delay(RETRY_MS);
  }
}
