import postgres from "postgres";

/**
 * Mutual exclusion of everything that writes one person's record in one CRM, across processes. The lock is a
 * session's advisory lock, so it ends with the process that holds it, however that ends.
 */
export interface RecordLocks {
  /** Runs `work` while holding the lock; `busy` when another holder kept it for the whole of `waitMs`. */
  hold<T>(connectionId: string, contactId: string, waitMs: number, work: () => Promise<T>): Promise<T | "busy">;
  close(): Promise<void>;
}

const RETRY_MS = 50;

/** `max` sessions are kept at most: as many as there are jobs and requests that may hold a lock at once. */
export function openRecordLocks(url: string, max = 20): RecordLocks {
  const sql = postgres(url, {
    max,
    idle_timeout: 60,
    connection: { application_name: "rolodesk-locks" },
    onnotice() {},
  });

  return {
    async hold(connectionId, contactId, waitMs, work) {
      const name = `record:${connectionId}:${contactId}`;
      const session = await sql.reserve();
      try {
        if (!(await acquire(session, name, Date.now() + waitMs))) return "busy";
        try {
          return await work();
        } finally {
          await session`select pg_advisory_unlock(hashtextextended(${name}, 0))`;
        }
      } finally {
        session.release();
      }
    },
    close: () => sql.end({ timeout: 2 }),
  };
}

async function acquire(session: postgres.ReservedSql, name: string, until: number): Promise<boolean> {
  for (;;) {
    const [row] = await session<{ got: boolean }[]>`select pg_try_advisory_lock(hashtextextended(${name}, 0)) as got`;
    if (row?.got) return true;
    if (Date.now() >= until) return false;
    await new Promise((done) => setTimeout(done, RETRY_MS));
  }
}
