import { eq, type SQL, sql } from "drizzle-orm";
import type { CallLane, CallLimit } from "../../integrations/call-gate.ts";
import type { DbOrTx } from "../client.ts";
import { connectionBudget } from "../schema/call-budget.ts";
import { clock, msOf } from "./budget-clock.ts";

export type CallBudgetRow = typeof connectionBudget.$inferSelect;

/** Why a call may not be made now: the CRM asked to wait, does not answer, or one of its limits is used up. */
export type Refusal = "paused" | "down" | "day" | "window" | "busy";

export interface CallAsked {
  readonly connectionId: string;
  readonly kind: "call" | "search";
  readonly lane: CallLane;
  /** The first call of a piece of work; those that follow may use what is kept for them. */
  readonly isFirst: boolean;
  /** Of the piece of work: a probe's later calls are not held up by the circuit, or the wait's end, that it probes. */
  readonly workId: string;
  /** The vendor's published one for this kind. */
  readonly limit: CallLimit;
  /** Writes that may be under way together; undefined where that is not limited. */
  readonly atOnce: number | undefined;
  /** Epoch ms; the database's own clock when absent, which is the same for all processes. */
  readonly now?: number;
}

export interface CallAnswered {
  readonly granted: boolean;
  readonly refusal: Refusal | null;
  /** ms until it may be tried again; 0 when granted. */
  readonly waitMs: number;
  /** Calls of the running window, with this one; what others made is in `others`. */
  readonly used: number;
  readonly others: number;
  readonly max: number;
  readonly windowMs: number;
  /** Calls before this one had no answer, or were asked to wait: the next answer is news. */
  readonly troubled: boolean;
  /** Names the call until its answer is noted. */
  readonly slot: number;
}

export interface PlaceAsked {
  readonly waitMs: number;
  readonly everyMs: number;
}

/** Most moments a row keeps; an account with a higher limit is held to this. */
const MOST = 1_000;
/** Share of a window that first calls leave to those under way, and to people's clicks. */
const KEPT_SHARE = 0.05;
/** Longer than any call may take, from its grant to its deadline. */
const LONGEST_CALL_MS = 20_000;
const BUSY_WAIT_MS = 50;
/** Pieces of work that tell how many calls one takes. */
const OF_LATE = 200;
/** Places are given a little closer than calls come free: some of the work turns out to need fewer. */
const PLACE_SHARE = 0.8;
const LOOK_AGAIN_MS = 1_000;
/** When one call finds out whether a CRM that asked to wait takes calls again. */
const PROBED_AGAIN_MS = 250;

/**
 * Takes one call from the budget, or says why not and when to ask again. One statement: the row's lock is held for its
 * duration only, and the count it decides by is the latest of all processes. Undefined when the row is not there yet.
 *
 * For a while after a wait that the CRM asked for, work that nobody waits for begins one after the other, the next once the
 * one before has made no call for a moment. Otherwise all would have read their records when one of them is asked to wait
 * again, and all would have to read them again before they write.
 *
 * A call reaches the CRM at some moment between its grant and its answer; nobody knows when. So it counts until a window
 * after its answer, and until that is known as one that has yet to arrive. Of the calls that arrive within one window the
 * one granted last has counted all others, whichever those moments were: none had an answer a window before.
 */
export async function takeCall(db: DbOrTx, asked: CallAsked): Promise<CallAnswered | undefined> {
  const { connectionId, kind, lane, isFirst, workId, limit, atOnce } = asked;
  const isSearch = kind === "search";
  const grants = grantsOf(kind);
  const leavesSome = isFirst && lane !== "agent";
  const counts = !isSearch && lane === "backfill";
  const [row] = await db.execute<Record<keyof CallAnswered, unknown>>(sql`
    with budget as (
      select *, ${clock(asked.now)} as t from connection_budget where connection_id = ${connectionId} for update
    ), sized as (
      select *,
        ${isSearch ? sql`${limit.max}::int` : sql`least(coalesce(told_max, ${limit.max}::int), ${MOST}::int)`} as max_calls,
        ${isSearch ? sql`${limit.windowMs}::int` : sql`coalesce(told_window_ms, ${limit.windowMs}::int)`} as window_ms
      from budget
    ), opened as (
      select *,
        max_calls - ${leavesSome ? sql`floor(max_calls * ${KEPT_SHARE}::float8)::int` : sql`0`} as open_calls,
        ${isSearch ? sql`0` : sql`case when ${msOf("others_until")} > t then others else 0 end`} as elsewhere
      from sized
    ), live as (
      select *,
        coalesce((select array_agg(g order by g) from unnest(${grants}) g where g >= t - window_ms), '{}') as mine,
        coalesce((select array_agg(w) from unnest(writing) w where w > t), '{}') as busy,
        coalesce((select array_agg(g order by g) from unnest(backfill_grants) g where g > t - window_ms), '{}') as filled
      from opened
    ), judged as (
      select *,
        case
          when ${msOf("paused_until")} > t then 'paused'
          when paused_until is not null and probe_by is distinct from ${workId}::uuid and ${msOf("probe_until")} > t then 'paused'
          when ${leavesSome} and ${msOf("eased_until")} > t and probe_by is distinct from ${workId}::uuid and ${msOf("probe_until")} > t then 'paused'
          when daily_remaining <= ${lane === "backfill" ? sql`daily_limit / 2` : sql`0`} and ${msOf("daily_resets_at")} > t then 'day'
          when open_until is not null and (probe_by is distinct from ${workId}::uuid or ${msOf("probe_until")} <= t)
            and (${msOf("probe_until")} > t or ${lane === "agent" ? sql`false` : sql`${msOf("open_until")} > t`}) then 'down'
          when cardinality(mine) + elsewhere >= open_calls then 'window'
          when ${counts} and cardinality(filled) >= greatest(1, max_calls / 2) then 'window'
          when cardinality(busy) >= ${atOnce ?? null}::int then 'busy'
        end as refusal,
        open_until is not null or paused_until is not null as probes,
        coalesce(${msOf("eased_until")} > t, false) as eased
      from live
    ), decided as (
      select *,
        case refusal
          when 'paused' then greatest(${msOf("paused_until")} - t, ${PROBED_AGAIN_MS})
          when 'day' then ${msOf("daily_resets_at")} - t
          when 'busy' then ${BUSY_WAIT_MS}
          when 'down' then greatest(coalesce(${msOf("open_until")}, 0) - t, ${LOOK_AGAIN_MS})
          when 'window' then greatest(
            coalesce(case when cardinality(mine) + elsewhere >= open_calls
              then least(mine[cardinality(mine) + elsewhere - open_calls + 1], t) + window_ms + 1 - t end,
              case when elsewhere > 0 then ${msOf("others_until")} - t end, 0),
            coalesce(case when ${counts} then filled[cardinality(filled) - greatest(1, max_calls / 2) + 1] + window_ms - t end, 0),
            1)
          else 0
        end as wait, greatest(t + ${LONGEST_CALL_MS}, coalesce(mine[cardinality(mine)], 0) + 1) as slot
      from judged
    ), taken as (
      update connection_budget b set
        ${grants} = d.mine || d.slot,
        writing = case when ${atOnce ?? null}::int is null then d.busy else d.busy || d.slot end,
        backfill_grants = case when ${counts} then d.filled || d.t else d.filled end,
        work_begun = (d.work_begun + ${isFirst ? 1 : 0}::int) / case when d.work_begun >= ${OF_LATE}::int then 2 else 1 end,
        work_calls = (d.work_calls + 1) / case when d.work_begun >= ${OF_LATE}::int then 2 else 1 end,
        probe_by = case when d.probes or (d.eased and ${leavesSome}) then ${workId}::uuid when d.eased then d.probe_by end,
        probe_until = case when d.probes or (d.eased and (${leavesSome} or d.probe_by = ${workId}::uuid))
          then to_timestamp((d.t + ${LONGEST_CALL_MS}) / 1000.0) when d.eased then d.probe_until end
      from decided d where b.connection_id = d.connection_id and d.refusal is null
    )
    select refusal is null as "granted", refusal, wait::float8 as "waitMs", max_calls as "max", window_ms as "windowMs",
      cardinality(mine) + 1 as "used", elsewhere as "others", failures > 0 or probes or eased as "troubled", slot::float8 as "slot"
    from decided`);
  return row && readAnswer(row);
}

/** The column of the calls that count against the same limit. */
export function grantsOf(kind: CallAsked["kind"]): SQL {
  return sql`${sql.identifier(kind === "search" ? "search_grants" : "call_grants")}`;
}

function readAnswer(row: Record<keyof CallAnswered, unknown>): CallAnswered {
  return {
    granted: row.granted === true,
    refusal: isRefusal(row.refusal) ? row.refusal : null,
    waitMs: Number(row.waitMs),
    used: Number(row.used),
    others: Number(row.others),
    max: Number(row.max),
    windowMs: Number(row.windowMs),
    troubled: row.troubled === true,
    slot: Number(row.slot),
  };
}

function isRefusal(word: unknown): word is Refusal {
  return word === "paused" || word === "down" || word === "day" || word === "window" || word === "busy";
}

export async function insertBudget(db: DbOrTx, connectionId: string): Promise<void> {
  await db.insert(connectionBudget).values({ connectionId }).onConflictDoNothing();
}

export async function findBudget(db: DbOrTx, connectionId: string): Promise<CallBudgetRow | undefined> {
  const [row] = await db.select().from(connectionBudget).where(eq(connectionBudget.connectionId, connectionId));
  return row;
}

/**
 * A place in the line of work that was postponed: ms from now, `waitMs` at least, and behind the place given before by as much
 * as that work takes of the limit, of which a call comes free every `everyMs`: one search, or the calls that work took of late.
 * Work that all came back at once would be refused again all at once.
 */
export async function bookPlace(
  db: DbOrTx,
  { connectionId, kind, now, waitMs, everyMs }: PlaceAsked & Pick<CallAsked, "connectionId" | "kind" | "now">,
): Promise<number> {
  const perWork =
    kind === "search" ? sql`1` : sql`greatest(1, ${PLACE_SHARE}::float8 * work_calls / greatest(1, work_begun))`;
  const [row] = await db.execute<{ wait: unknown }>(sql`
    with budget as (select *, ${clock(now)} as t from connection_budget where connection_id = ${connectionId} for update),
    place as (select *, greatest(t + ${waitMs}::float8, coalesce(${msOf("booked_until")}, 0)
      + ${everyMs}::float8 * ${perWork}) as at from budget)
    update connection_budget b set booked_until = to_timestamp(p.at / 1000.0)
    from place p where b.connection_id = p.connection_id
    returning (p.at - p.t)::float8 as wait`);
  return row ? Number(row.wait) : waitMs;
}
