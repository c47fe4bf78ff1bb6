import type { RunResult } from "@rolodesk/shared/vocabulary";
import { and, eq, gte, inArray, isNotNull, isNull, lt, type SQL, sql } from "drizzle-orm";
import type { CallReport } from "../../integrations/http-client.ts";
import type { DbOrTx } from "../client.ts";
import { connection } from "../schema/connection.ts";
import { conversation } from "../schema/conversation.ts";
import { conflict, syncRun } from "../schema/sync.ts";
import { isServedOn } from "./conflict.ts";

interface StatsScope {
  /** null: every site. */
  readonly siteIds: readonly string[] | null;
  readonly connectionIds: readonly string[];
  readonly from: Date;
  readonly to: Date;
}

const callsOfRun = sql`(
  select coalesce(sum(1.0 / coalesce((call ->> 'sharedBy')::int, 1)), 0) from jsonb_array_elements(${syncRun.calls}) as call
)`;

/** Number of the day a run ended on, from 1: the last of `starts` that is not after it. */
function dayOf(starts: readonly Date[]): SQL<number> {
  const list = sql.join(
    starts.map((at) => sql`${at.toISOString()}::timestamptz`),
    sql`, `,
  );
  return sql<number>`width_bucket(${syncRun.finishedAt}, array[${list}])`;
}

export async function countRunsByDay(
  db: DbOrTx,
  scope: StatsScope,
  starts: readonly Date[],
): Promise<{ day: number; result: RunResult; runs: number }[]> {
  const rows = await db
    .select({ day: dayOf(starts).as("day"), result: syncRun.result, runs: sql<number>`count(*)::int` })
    .from(syncRun)
    .innerJoin(conversation, eq(conversation.id, syncRun.conversationId))
    .where(endedIn(scope))
    .groupBy(sql`1`, syncRun.result);
  return rows.flatMap(({ day, result, runs }) => (result ? [{ day, result, runs }] : []));
}

/** From the end of a conversation to its finished push, in ms. The run is stored in the transaction that ends it. */
export async function pushTimesByDay(
  db: DbOrTx,
  scope: StatsScope,
  starts: readonly Date[],
): Promise<{ day: number; p50Ms: number; p95Ms: number }[]> {
  const ms = sql`greatest(0, extract(epoch from ${syncRun.finishedAt} - ${syncRun.createdAt}) * 1000)`;
  const percentile = (share: number) =>
    sql<number>`(percentile_cont(${share}::float8) within group (order by ${ms}))::float8`;
  const rows = await db
    .select({ day: dayOf(starts).as("day"), p50Ms: percentile(0.5), p95Ms: percentile(0.95) })
    .from(syncRun)
    .innerJoin(conversation, eq(conversation.id, syncRun.conversationId))
    .where(and(endedIn(scope), eq(syncRun.trigger, "conversation_end"), eq(syncRun.status, "done")))
    .groupBy(sql`1`);
  return rows.map(({ day, p50Ms, p95Ms }) => ({ day, p50Ms: Math.round(p50Ms), p95Ms: Math.round(p95Ms) }));
}

/** A call that was made for many runs is in the log of each, and counts once. */
export async function countCalls(db: DbOrTx, scope: StatsScope): Promise<Map<string, number>> {
  const rows = await db
    .select({ id: syncRun.connectionId, calls: sql<number>`round(sum(${callsOfRun}))::int` })
    .from(syncRun)
    .innerJoin(conversation, eq(conversation.id, syncRun.conversationId))
    .where(endedIn(scope))
    .groupBy(syncRun.connectionId);
  return new Map(rows.map(({ id, calls }) => [id, calls]));
}

/** The calls of a connection's latest finished run that made any. */
export async function findLatestCalls(
  db: DbOrTx,
  connectionId: string,
): Promise<{ calls: readonly CallReport[]; at: Date } | undefined> {
  const [row] = await db
    .select({ calls: syncRun.calls, at: syncRun.finishedAt })
    .from(syncRun)
    .where(
      and(
        eq(syncRun.connectionId, connectionId),
        isNotNull(syncRun.finishedAt),
        sql`jsonb_array_length(${syncRun.calls}) > 0`,
      ),
    )
    .orderBy(sql`${syncRun.createdAt} desc, ${syncRun.id} desc`)
    .limit(1);
  return row?.at ? { calls: row.calls, at: row.at } : undefined;
}

/** Waiting conflicts by age: one count per bound (upper ends, in days, ascending) and one for what is older. */
export async function countOpenConflictsByAge(
  db: DbOrTx,
  { siteIds, connectionIds }: Pick<StatsScope, "siteIds" | "connectionIds">,
  boundsDays: readonly number[],
  now: Date,
): Promise<number[]> {
  if (connectionIds.length === 0) return [...boundsDays, 0].map(() => 0);
  const bounds = sql.join(
    boundsDays.map((days) => sql`${days}::float8`),
    sql`, `,
  );
  const ageDays = sql`(extract(epoch from ${now.toISOString()}::timestamptz - ${conflict.createdAt}) / 86400)::float8`;
  const rows = await db
    .select({ group: sql<number>`width_bucket(${ageDays}, array[${bounds}])`.as("age"), n: sql<number>`count(*)::int` })
    .from(conflict)
    .innerJoin(connection, eq(connection.id, conflict.connectionId))
    .where(
      and(
        inArray(conflict.status, ["pending", "applying"]),
        inArray(conflict.connectionId, [...connectionIds]),
        isNull(connection.removedAt),
        isServedOn(db, siteIds),
      ),
    )
    .groupBy(sql`1`);
  return [...boundsDays, 0].map((_, group) => rows.find((row) => row.group === group)?.n ?? 0);
}

function endedIn({ siteIds, connectionIds, from, to }: StatsScope): SQL | undefined {
  return and(
    gte(syncRun.finishedAt, from),
    lt(syncRun.finishedAt, to),
    inArray(syncRun.connectionId, [...connectionIds]),
    siteIds ? inArray(conversation.siteId, [...siteIds]) : undefined,
  );
}
