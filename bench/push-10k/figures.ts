import type { JournalEntry } from "../../server/simulators/kit/journal.ts";
import type { Limit, ServedCrm } from "./serve-crms.ts";

/** Until when work waited on a connection, in epoch ms, and when its last push was done. */
export interface Waiting {
  readonly until: number;
  readonly doneAt: number;
}

export interface Figures {
  readonly crm: string;
  readonly limit: string;
  readonly pushes: number;
  readonly calls: number;
  readonly callsPerPush: number;
  readonly refused: number;
  readonly most: number;
  /** Of what a limit allows from the first call until no work waited any more; null where nothing waited for it. */
  readonly share: number | null;
  readonly seconds: number;
  /** What the limit alone would take. */
  readonly limitSeconds: number;
}

/** One row per limit of a CRM, from what its simulator was asked. */
export function figuresOf(
  { simulator, limits }: ServedCrm,
  pushes: number,
  beganAt: number,
  { until, doneAt }: Waiting,
): Figures[] {
  return limits.map((limit) => {
    const entries = simulator.journal.entries.filter(({ path }) => limit.counts(path.split("?")[0] ?? ""));
    const times = entries.map(({ at }) => at);
    const inTime = times.filter((at) => at <= until).length;
    const waitedMs = until - Math.max(beganAt, times[0] ?? beganAt);
    return {
      crm: simulator.name,
      limit: `${limit.max} ${limit.name} in ${limit.windowMs / 1000} s`,
      pushes,
      calls: entries.length,
      callsPerPush: entries.length / pushes,
      refused: entries.filter(isRefused).length,
      most: mostInWindow(times, limit.windowMs),
      share: waitedMs > limit.windowMs ? inTime / allowedIn(limit, waitedMs) : null,
      seconds: (doneAt - beganAt) / 1000,
      limitSeconds: (entries.length / limit.max) * (limit.windowMs / 1000),
    };
  });
}

/** Most calls that keep to the limit in this time: all at once at the beginning of each window. */
function allowedIn({ max, windowMs }: Limit, ms: number): number {
  return max * Math.ceil(ms / windowMs);
}

function isRefused({ status }: JournalEntry): boolean {
  return status === 429;
}

/** Most of the sorted moments in any window of this length. */
function mostInWindow(times: readonly number[], windowMs: number): number {
  let most = 0;
  let from = 0;
  for (let to = 0; to < times.length; to += 1) {
    while ((times[to] ?? 0) - (times[from] ?? 0) >= windowMs) from += 1;
    most = Math.max(most, to - from + 1);
  }
  return most;
}
