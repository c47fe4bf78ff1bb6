import type { JournalEntry } from "../../server/simulators/kit/journal.ts";
import type { ServedCrm } from "./serve-crms.ts";

/** What the looks at a connection's queue showed. Moments in epoch ms. */
export interface Waiting {
  /** Stretches of time in which work was put off by a limit and workers were free for it. */
  readonly limited: readonly { readonly from: number; readonly to: number }[];
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
  /** Of what a limit allows in the time in which work waited for it alone; null where that was hardly ever. */
  readonly share: number | null;
  readonly waitedSeconds: number;
  readonly seconds: number;
  /** What the limit alone would take. */
  readonly limitSeconds: number;
}

/** One row per limit of a CRM, from what its simulator was asked. */
export function figuresOf(
  { simulator, limits }: ServedCrm,
  pushes: number,
  beganAt: number,
  { limited, doneAt }: Waiting,
): Figures[] {
  return limits.map((limit) => {
    const entries = simulator.journal.entries.filter(({ path }) => limit.counts(path.split("?")[0] ?? ""));
    const times = entries.map(({ at }) => at);
    const waitedMs = limited.reduce((sum, { from, to }) => sum + to - from, 0);
    const inTime = times.filter((at) => limited.some(({ from, to }) => at > from && at <= to)).length;
    return {
      crm: simulator.name,
      limit: `${limit.max} ${limit.name} in ${limit.windowMs / 1000} s`,
      pushes,
      calls: entries.length,
      callsPerPush: entries.length / pushes,
      refused: entries.filter(isRefused).length,
      most: mostInWindow(times, limit.windowMs),
      waitedSeconds: waitedMs / 1000,
      share: waitedMs >= 2 * limit.windowMs ? inTime / ((limit.max * waitedMs) / limit.windowMs) : null,
      seconds: (doneAt - beganAt) / 1000,
      limitSeconds: (entries.length / limit.max) * (limit.windowMs / 1000),
    };
  });
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
