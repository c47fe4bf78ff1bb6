import { and, eq, gt, inArray, isNotNull, isNull, lt, lte, or, type SQL, sql } from "drizzle-orm";
import type { DbOrTx, Tx } from "../client.ts";
import { syncRun } from "../schema/sync.ts";
import type { SyncRunRow } from "./sync-run.ts";

/** Attempts after which a run is no longer pushed with others. */
const TOGETHER_AT_MOST = 3;

/** Runs that may be pushed with others now: an end's, not yet begun, due again, or left behind by a dead process. */
function mayGoTogether(connectionId: string, now: Date): SQL | undefined {
  return and(
    eq(syncRun.connectionId, connectionId),
    inArray(syncRun.status, ["queued", "running", "waiting"]),
    eq(syncRun.trigger, "conversation_end"),
    eq(syncRun.alone, false),
    lt(syncRun.attempts, TOGETHER_AT_MOST),
    isNotNull(syncRun.contactId),
    isNull(syncRun.createSentAt),
    or(and(eq(syncRun.status, "queued"), isNull(syncRun.nextAttemptAt)), lte(syncRun.nextAttemptAt, now)),
  );
}

export interface DueRun {
  readonly id: string;
  readonly contactId: string;
}

/** Oldest first, one per contact. */
export async function listRunsToGoTogether(
  db: DbOrTx,
  { connectionId, now, limit }: { connectionId: string; now: Date; limit: number },
): Promise<DueRun[]> {
  const rows = await db
    .select({ id: syncRun.id, contactId: syncRun.contactId })
    .from(syncRun)
    .where(mayGoTogether(connectionId, now))
    .orderBy(syncRun.id)
    .limit(limit);
  const oldest = new Map<string, string>();
  for (const { id, contactId } of rows) if (contactId && !oldest.has(contactId)) oldest.set(contactId, id);
  return [...oldest].map(([contactId, id]) => ({ id, contactId }));
}

interface Busyness {
  /** Contacts with a run that may go with others now. */
  readonly due: number;
  /** Whether this run is one of those that `listRunsToGoTogether` would name. */
  readonly isDue: boolean;
  /** Pushes that began after `since`, and when the last did, in epoch ms. */
  readonly began: number;
  readonly lastBeganAt: number | null;
}

/** How busy a connection is, in one statement: every job of it asks. At most `limit` runs are looked at. */
export async function readBusyness(
  db: DbOrTx,
  asked: { connectionId: string; runId: string; now: Date; since: Date; limit: number },
): Promise<Busyness> {
  const { connectionId, runId, now, since, limit } = asked;
  const due = db
    .select({ id: syncRun.id, contactId: syncRun.contactId })
    .from(syncRun)
    .where(mayGoTogether(connectionId, now))
    .orderBy(syncRun.id)
    .limit(limit);
  const begun = db
    .select({ startedAt: syncRun.startedAt })
    .from(syncRun)
    .where(and(eq(syncRun.connectionId, connectionId), gt(syncRun.startedAt, since)));
  const [row] = await db.execute<Record<"due" | "isDue" | "began" | "lastBeganAt", unknown>>(sql`
    with oldest as (select distinct on (contact_id) id from ${due} due order by contact_id, id)
    select (select count(*)::int from oldest) as "due", exists (select from oldest where id = ${runId}) as "isDue",
      count(*)::int as "began", (extract(epoch from max(started_at)) * 1000)::float8 as "lastBeganAt"
    from ${begun} begun`);
  if (!row) throw new Error("A count has no row.");
  const { lastBeganAt } = row;
  return {
    due: Number(row.due),
    isDue: row.isDue === true,
    began: Number(row.began),
    lastBeganAt: lastBeganAt === null ? null : Number(lastBeganAt),
  };
}

/**
 * Takes those of the runs that may still be pushed together, each with a lease of its own. Until `until` nobody else begins
 * them. For whoever holds the records of these contacts: a run whose contact was merged meanwhile is not among them.
 */
export async function claimRuns(
  tx: Tx,
  {
    connectionId,
    ids,
    contactIds,
    now,
    until,
  }: { connectionId: string; ids: readonly string[]; contactIds: readonly string[]; now: Date; until: Date },
): Promise<SyncRunRow[]> {
  const rows = await tx
    .update(syncRun)
    .set({
      status: "running",
      lease: sql`gen_random_uuid()`,
      attempts: sql`${syncRun.attempts} + 1`,
      startedAt: now,
      nextAttemptAt: until,
      version: sql`${syncRun.version} + 1`,
    })
    .where(
      and(inArray(syncRun.id, [...ids]), inArray(syncRun.contactId, [...contactIds]), mayGoTogether(connectionId, now)),
    )
    .returning();
  return rows.toSorted((a, b) => (a.id < b.id ? -1 : 1));
}
