import { CONFLICT_AGE_DAYS, type SyncStats, type SyncStatsQuery } from "@rolodesk/shared/sync-stats";
import type { UserActor } from "../actor.ts";
import type { Db } from "../db/client.ts";
import type { ConnectionRow } from "../db/queries/connection.ts";
import {
  countCalls,
  countOpenConflictsByAge,
  countRunsByDay,
  findLatestCalls,
  pushTimesByDay,
} from "../db/queries/sync-stats.ts";
import { dayStarts } from "../domain/day-starts.ts";
import { listSeenConnections } from "./connection.ts";

/** What the charts show: runs and push times per day, waiting conflicts, calls. Restricted to the agent's sites. */
export async function readSyncStats(
  db: Db,
  actor: UserActor,
  { from, to, timeZone, connection }: SyncStatsQuery,
  now: Date,
): Promise<SyncStats> {
  const seen = (await listSeenConnections(db, actor)).filter(({ id }) => connection === undefined || id === connection);
  const bounds = dayStarts(from, to, timeZone);
  const starts = bounds.slice(0, -1);
  const [first, last] = [bounds[0], bounds.at(-1)];
  const connectionIds = seen.map(({ id }) => id);
  if (!first || !last || connectionIds.length === 0) return empty(starts);

  const scope = { siteIds: actor.siteIds, connectionIds, from: first.at, to: last.at };
  const moments = starts.map(({ at }) => at);
  const [runs, times, calls, openConflicts] = await Promise.all([
    countRunsByDay(db, scope, moments),
    pushTimesByDay(db, scope, moments),
    countCalls(db, scope),
    countOpenConflictsByAge(db, scope, CONFLICT_AGE_DAYS, now),
  ]);
  return {
    days: starts.map(({ day }, index) => {
      const time = times.find((row) => row.day === index + 1);
      return {
        day,
        results: Object.fromEntries(
          runs.filter((row) => row.day === index + 1).map((row) => [row.result, row.runs] as const),
        ),
        p50Ms: time?.p50Ms ?? null,
        p95Ms: time?.p95Ms ?? null,
      };
    }),
    openConflicts,
    connections: await Promise.all(seen.map((row) => toUse(db, row, calls.get(row.id) ?? 0))),
  };
}

async function toUse(db: Db, row: ConnectionRow, calls: number): Promise<SyncStats["connections"][number]> {
  const latest = await findLatestCalls(db, row.id);
  const daily = latest?.calls.findLast((call) => call.daily !== undefined)?.daily;
  return {
    id: row.id,
    name: row.name,
    provider: row.provider,
    calls,
    budget: latest && daily ? { ...daily, at: latest.at.toISOString() } : null,
  };
}

function empty(starts: readonly { day: string }[]): SyncStats {
  return {
    days: starts.map(({ day }) => ({ day, results: {}, p50Ms: null, p95Ms: null })),
    openConflicts: [...CONFLICT_AGE_DAYS, 0].map(() => 0),
    connections: [],
  };
}
