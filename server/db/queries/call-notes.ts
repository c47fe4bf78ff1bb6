import { type SQL, sql } from "drizzle-orm";
import type { LimitsTold } from "../../integrations/call-gate.ts";
import type { DbOrTx } from "../client.ts";
import { clock, msOf } from "./budget-clock.ts";
import { type CallAsked, grantsOf } from "./call-budget.ts";

/** A call that was granted; see `takeCall`. */
export interface CallMade {
  readonly connectionId: string;
  readonly kind: CallAsked["kind"];
  readonly slot: number;
}

/** For how long new work begins one after the other when a wait is over. */
const EASED_MS = 10_000;
/** From one call's answer to the next call of the same work. */
const NEXT_CALL_MS = 300;

/**
 * A call is over, whatever came of it, and its answer told this of limits; undefined: nothing new. A pause is never made
 * shorter.
 */
export async function noteEnd(
  db: DbOrTx,
  { connectionId, kind, slot }: CallMade,
  { window, daily, pauseMs }: LimitsTold = {},
  now?: number,
): Promise<void> {
  const t = clock(now);
  const after = (ms: number) => sql`to_timestamp((${t} + ${ms}::float8) / 1000.0)`;
  const grants = grantsOf(kind);
  const changes: SQL[] = [
    sql`${grants} = array_replace(${grants}, ${slot}::bigint, ${t})`,
    sql`writing = array_remove(writing, ${slot}::bigint)`,
  ];
  if (window) {
    changes.push(
      sql`told_max = ${window.max}::int, told_window_ms = ${window.windowMs}::int`,
      sql`others = greatest(0, ${window.used}::int - (select count(*) from unnest(call_grants) g where g > ${t} - ${window.windowMs}::int))`,
      sql`others_until = ${after(window.windowMs)}`,
    );
  }
  if (daily) {
    changes.push(
      sql`daily_limit = ${daily.limit}::int, daily_remaining = ${daily.remaining}::int, daily_told_at = to_timestamp(${t} / 1000.0)`,
      sql`daily_resets_at = ${daily.resetsInMs === undefined ? sql`null` : after(daily.resetsInMs)}`,
    );
  }
  if (pauseMs !== undefined) {
    changes.push(sql`paused_until = greatest(paused_until, ${after(pauseMs)}), probe_by = null, probe_until = null`);
  }
  await db.execute(sql`
    update connection_budget set ${sql.join(changes, sql`, `)} where connection_id = ${connectionId}`);
}

export interface CircuitRule {
  /** Failures in a row that open it. */
  readonly opensAfter: number;
  readonly firstPauseMs: number;
  readonly longestPauseMs: number;
}

/** Counts a call that had no answer. Returns whether this one opened the circuit, or kept it open after a probe. */
export async function noteFailure(db: DbOrTx, connectionId: string, rule: CircuitRule, now?: number): Promise<boolean> {
  const { opensAfter, firstPauseMs, longestPauseMs } = rule;
  const [row] = await db.execute<{ opens: unknown }>(sql`
    with budget as (select *, ${clock(now)} as t from connection_budget where connection_id = ${connectionId} for update),
    judged as (
      select *, case when open_until is null then failures + 1 >= ${opensAfter}::int else ${msOf("open_until")} <= t end as opens
      from budget
    )
    update connection_budget b set
      failures = b.failures + 1,
      openings = b.openings + j.opens::int,
      opened_at = case when j.opens then coalesce(b.opened_at, to_timestamp(j.t / 1000.0)) else b.opened_at end,
      open_until = case when j.opens
        then to_timestamp((j.t + least(${longestPauseMs}::float8, ${firstPauseMs}::float8 * power(2, least(b.openings, 20)))) / 1000.0)
        else b.open_until end,
      probe_by = null, probe_until = null
    from judged j where b.connection_id = j.connection_id
    returning j.opens`);
  return row?.opens === true;
}

/**
 * The CRM answers this piece of work; a wait that it asked for and that has not ended stands. Of one that has, new work is eased
 * in: whoever got this answer has a moment to make the next call. Returns whether the circuit was open.
 */
export async function noteAnswered(
  db: DbOrTx,
  { connectionId, workId }: Pick<CallAsked, "connectionId" | "workId">,
  now?: number,
): Promise<boolean> {
  const [row] = await db.execute<{ was_open: unknown }>(sql`
    with budget as (
      select *, to_timestamp(${clock(now)} / 1000.0) as t from connection_budget where connection_id = ${connectionId} for update
    ), eased as (
      select *, case when paused_until <= t then t + ${EASED_MS} * interval '1 ms' when eased_until > t then eased_until end as until
      from budget
    )
    update connection_budget b set
      failures = 0, open_until = null, opened_at = null, openings = 0,
      paused_until = case when f.paused_until > f.t then f.paused_until end,
      eased_until = f.until,
      probe_by = case when f.until is not null then f.probe_by end,
      probe_until = case when f.until is null then null
        when f.probe_by = ${workId}::uuid then f.t + ${NEXT_CALL_MS} * interval '1 ms' else f.probe_until end
    from eased f where b.connection_id = f.connection_id
    returning f.open_until is not null as was_open`);
  return row?.was_open === true;
}
