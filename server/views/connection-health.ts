import type { ConnectionHealth } from "@rolodesk/shared/connection-health";
import type { DbOrTx } from "../db/client.ts";
import { type CallBudgetRow, findBudget } from "../db/queries/call-budget.ts";
import type { ConnectionRow } from "../db/queries/connection.ts";
import { findLastTrouble, readQueueState } from "../db/queries/connection-health.ts";
import { findFeed, type PhoneCallFeedRow } from "../db/queries/phone-call-feed.ts";
import { countFailedRuns } from "../db/queries/sync-log.ts";
import type { CallLimit } from "../integrations/call-gate.ts";
import type { ConnectorFactory } from "../integrations/connector-factory.ts";

/** How a connection is doing now. Makes no call. */
export async function viewConnectionHealth(
  { db, connectors, now }: { db: DbOrTx; connectors: ConnectorFactory; now: () => Date },
  { id, provider, waitUntil }: ConnectionRow,
): Promise<ConnectionHealth> {
  const [budget, queue, failed, trouble, feed] = await Promise.all([
    findBudget(db, id),
    readQueueState(db, id),
    countFailedRuns(db, id),
    findLastTrouble(db, id),
    findFeed(db, id),
  ]);
  const at = now();
  const limits = connectors.limitsOf(provider);
  return {
    ...stateOf(budget, waitUntil, at),
    calls: limits && windowOf(callLimitOf(limits.call, budget), budget?.callGrants, at, othersOf(budget, at)),
    searches: limits?.search ? windowOf(limits.search, budget?.searchGrants, at, 0) : null,
    day: dayOf(budget),
    queue: { length: queue.length, oldestAt: iso(queue.oldestAt), nextAt: iso(queue.nextAt) },
    failed,
    lastError: trouble ? { words: trouble.reason, at: trouble.at.toISOString(), runId: trouble.id } : null,
    phoneCalls: phoneCallsOf(feed),
  };
}

function stateOf(
  budget: CallBudgetRow | undefined,
  waitUntil: Date | null,
  now: Date,
): Pick<ConnectionHealth, "state" | "until" | "downSince"> {
  if (budget?.openUntil) {
    const trying = budget.openUntil <= now || (budget.probeUntil !== null && budget.probeUntil > now);
    const until = trying ? null : iso(budget.openUntil);
    return { state: trying ? "trying" : "down", until, downSince: iso(budget.openedAt) };
  }
  const dayUsedUp = budget?.dailyRemaining === 0 ? budget.dailyResetsAt : null;
  const until = Math.max(...[waitUntil, budget?.pausedUntil, dayUsedUp].map((moment) => moment?.getTime() ?? 0));
  if (until <= now.getTime()) return { state: "answers", until: null, downSince: null };
  return { state: "waits", until: new Date(until).toISOString(), downSince: null };
}

/** The account's own limit, where its answers have told it. */
function callLimitOf(published: CallLimit, budget: CallBudgetRow | undefined): CallLimit {
  return { max: budget?.toldMax ?? published.max, windowMs: budget?.toldWindowMs ?? published.windowMs };
}

function windowOf({ max, windowMs }: CallLimit, grants: readonly number[] | undefined, now: Date, others: number) {
  const since = now.getTime() - windowMs;
  const used = (grants ?? []).filter((at) => at > since).length + others;
  return { max, windowMs, used: Math.min(used, max) };
}

function othersOf(budget: CallBudgetRow | undefined, now: Date): number {
  return budget?.othersUntil && budget.othersUntil > now ? budget.others : 0;
}

function dayOf(budget: CallBudgetRow | undefined): ConnectionHealth["day"] {
  if (!budget?.dailyToldAt || budget.dailyLimit === null || budget.dailyRemaining === null) return null;
  const { dailyLimit: limit, dailyRemaining: remaining, dailyResetsAt, dailyToldAt } = budget;
  return { limit, remaining, resetsAt: iso(dailyResetsAt), at: dailyToldAt.toISOString() };
}

function phoneCallsOf(feed: PhoneCallFeedRow | undefined): ConnectionHealth["phoneCalls"] {
  if (feed?.leftAlone) return { state: "left_alone" };
  return feed?.problem ? { state: "refused", problem: feed.problem, nextAt: feed.nextAt.toISOString() } : null;
}

function iso(moment: Date | null): string | null {
  return moment?.toISOString() ?? null;
}
