import { and, count, desc, eq, inArray, isNotNull, min, sql } from "drizzle-orm";
import type { DbOrTx } from "../client.ts";
import { syncRun } from "../schema/sync.ts";

interface QueueState {
  readonly length: number;
  readonly oldestAt: Date | null;
  readonly nextAt: Date | null;
}

/** Unfinished runs of a connection. */
export async function readQueueState(db: DbOrTx, connectionId: string): Promise<QueueState> {
  const [row] = await db
    .select({ length: count(), oldestAt: min(syncRun.createdAt), nextAt: min(syncRun.nextAttemptAt) })
    .from(syncRun)
    .where(and(eq(syncRun.connectionId, connectionId), inArray(syncRun.status, ["queued", "running", "waiting"])));
  return row ?? { length: 0, oldestAt: null, nextAt: null };
}

/** The latest run of a connection that failed or had to be put off, with what was said. */
export async function findLastTrouble(
  db: DbOrTx,
  connectionId: string,
): Promise<{ id: string; reason: string; at: Date } | undefined> {
  const [row] = await db
    .select({ id: syncRun.id, reason: syncRun.reason, startedAt: syncRun.startedAt, createdAt: syncRun.createdAt })
    .from(syncRun)
    .where(
      and(
        eq(syncRun.connectionId, connectionId),
        inArray(syncRun.status, ["failed", "waiting"]),
        isNotNull(syncRun.reason),
      ),
    )
    .orderBy(desc(sql`coalesce(${syncRun.startedAt}, ${syncRun.createdAt})`))
    .limit(1);
  return row?.reason ? { id: row.id, reason: row.reason, at: row.startedAt ?? row.createdAt } : undefined;
}
