import type { RunChoice } from "@rolodesk/shared/sync-run";
import type { RunTrigger } from "@rolodesk/shared/vocabulary";
import { and, desc, eq, inArray, isNotNull, isNull, lt, max, ne, or, sql } from "drizzle-orm";
import type { DbOrTx, Tx } from "../client.ts";
import { connection } from "../schema/connection.ts";
import { syncRun } from "../schema/sync.ts";

export type SyncRunRow = typeof syncRun.$inferSelect;

export interface NewRun {
  readonly id: string;
  readonly cause: string;
  readonly connectionId: string;
  readonly contactId: string | null;
  readonly conversationId: string;
  readonly trigger: RunTrigger;
  readonly choice?: RunChoice;
}

/** Inserts the run, or nothing when its cause was recorded before. Returns whether it is new. */
export async function insertRun(tx: Tx, run: NewRun): Promise<boolean> {
  const rows = await tx.insert(syncRun).values(run).onConflictDoNothing().returning({ id: syncRun.id });
  return rows.length === 1;
}

export async function findRun(db: DbOrTx, id: string): Promise<SyncRunRow | undefined> {
  const [row] = await db.select().from(syncRun).where(eq(syncRun.id, id));
  return row;
}

export async function findRunByCause(db: DbOrTx, connectionId: string, cause: string): Promise<SyncRunRow | undefined> {
  const [row] = await db
    .select()
    .from(syncRun)
    .where(and(eq(syncRun.connectionId, connectionId), eq(syncRun.cause, cause)));
  return row;
}

export async function lockRun(tx: Tx, id: string): Promise<SyncRunRow | undefined> {
  const [row] = await tx.select().from(syncRun).where(eq(syncRun.id, id)).for("update");
  return row;
}

type RunChange = Partial<Omit<typeof syncRun.$inferInsert, "id" | "version" | "lease">> & { lease?: string | null };

/** Changes a run and counts its version up. With `lease` only while that is still the run's; returns whether it was. */
export async function updateRun(tx: DbOrTx, id: string, change: RunChange, lease?: string): Promise<boolean> {
  const rows = await tx
    .update(syncRun)
    .set({ ...change, version: sql`${syncRun.version} + 1` })
    .where(and(eq(syncRun.id, id), lease === undefined ? undefined : eq(syncRun.lease, lease)))
    .returning({ id: syncRun.id });
  return rows.length === 1;
}

/** When another run of the same person may last have sent a create to the same connection; null when none has. */
export async function findCreateSentByOthers(
  db: DbOrTx,
  { id, connectionId, contactId }: Pick<SyncRunRow, "id" | "connectionId" | "contactId">,
): Promise<Date | null> {
  if (!contactId) return null;
  const [row] = await db
    .select({ at: max(syncRun.createSentAt) })
    .from(syncRun)
    .where(and(eq(syncRun.contactId, contactId), eq(syncRun.connectionId, connectionId), ne(syncRun.id, id)));
  return row?.at ?? null;
}

/** What the last finished push of a contact to a connection decided; null before the first. */
export async function findLastPlan(db: DbOrTx, connectionId: string, contactId: string): Promise<SyncRunRow["plan"]> {
  const [row] = await db
    .select({ plan: syncRun.plan })
    .from(syncRun)
    .where(
      and(
        eq(syncRun.contactId, contactId),
        eq(syncRun.connectionId, connectionId),
        eq(syncRun.status, "done"),
        isNotNull(syncRun.plan),
      ),
    )
    .orderBy(desc(syncRun.finishedAt), desc(syncRun.id))
    .limit(1);
  return row?.plan ?? null;
}

/** Unfinished runs of a connection, oldest first. */
export async function listUnfinishedRuns(db: DbOrTx, connectionId: string): Promise<SyncRunRow[]> {
  return await db
    .select()
    .from(syncRun)
    .where(and(eq(syncRun.connectionId, connectionId), inArray(syncRun.status, ["queued", "running", "waiting"])))
    .orderBy(syncRun.id);
}

/** Runs of active connections that should have begun before `before` and have not. */
export async function listOverdueRuns(db: DbOrTx, before: Date): Promise<SyncRunRow[]> {
  const rows = await db
    .select({ run: syncRun })
    .from(syncRun)
    .innerJoin(connection, eq(connection.id, syncRun.connectionId))
    .where(
      and(
        inArray(syncRun.status, ["queued", "running", "waiting"]),
        eq(connection.status, "active"),
        isNull(connection.removedAt),
        or(isNull(syncRun.nextAttemptAt), lt(syncRun.nextAttemptAt, before)),
        lt(sql`coalesce(${syncRun.startedAt}, ${syncRun.createdAt})`, sql`${before.toISOString()}::timestamptz`),
      ),
    )
    .limit(1000);
  return rows.map(({ run }) => run);
}
