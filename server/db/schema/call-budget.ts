import { bigint, integer, pgTable, uuid } from "drizzle-orm/pg-core";
import { instant } from "./columns.ts";
import { connection } from "./connection.ts";

/** Moments, in epoch ms of the database's clock. */
const moments = (name: string) => bigint(name, { mode: "number" }).array().notNull().default([]);

/**
 * What the calls of one connection may still take, for all processes together; one row is the lock they meet at. Moments
 * outside the vendor's window are dropped with the next call.
 *
 * A call that was granted stands in `callGrants` or `searchGrants` as the last moment at which it may have reached the CRM:
 * that of its answer; until it has one, that after which it is over whatever became of it, which names it meanwhile.
 */
export const connectionBudget = pgTable("connection_budget", {
  connectionId: uuid("connection_id")
    .primaryKey()
    .references(() => connection.id, { onDelete: "cascade" }),
  callGrants: moments("call_grants"),
  searchGrants: moments("search_grants"),
  /** When imports were granted theirs. */
  backfillGrants: moments("backfill_grants"),
  /** Those of `callGrants` that are writes under way. */
  writing: moments("writing"),
  /** The account's own limit, as its answers tell it; null: the vendor's published one. */
  toldMax: integer("told_max"),
  toldWindowMs: integer("told_window_ms"),
  /** Calls of the running window that somebody else made, where the answers tell. */
  others: integer("others").notNull().default(0),
  othersUntil: instant("others_until"),
  dailyLimit: integer("daily_limit"),
  dailyRemaining: integer("daily_remaining"),
  dailyResetsAt: instant("daily_resets_at"),
  dailyToldAt: instant("daily_told_at"),
  /** No call before this moment: the CRM asked to wait. */
  pausedUntil: instant("paused_until"),
  /** Calls in a row that had no answer, or one of a broken server. */
  failures: integer("failures").notNull().default(0),
  /** Set while the circuit is open: until then no call, afterwards one at a time until one is answered. */
  openUntil: instant("open_until"),
  openedAt: instant("opened_at"),
  /** How often in a row the circuit was opened. */
  openings: integer("openings").notNull().default(0),
  /** Until then new work begins one after the other: the CRM asked to wait a moment ago, and may again. */
  easedUntil: instant("eased_until"),
  /** Whose call tries whether the CRM answers again, or whose work goes on alone, and for how long it is waited for. */
  probeBy: uuid("probe_by"),
  probeUntil: instant("probe_until"),
  /** Pieces of work that were begun of late, and calls they took: how far apart postponed work is asked back. */
  workBegun: integer("work_begun").notNull().default(0),
  workCalls: integer("work_calls").notNull().default(0),
  /** Where the queue of postponed work ends: each next one is asked back a little later. */
  bookedUntil: instant("booked_until"),
});
