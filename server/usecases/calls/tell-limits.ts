import type { CallAnswered } from "../../db/queries/call-budget.ts";
import type { LimitsTold } from "../../integrations/call-gate.ts";

/** How often a day's count is written down while nothing depends on it. */
const DAILY_EVERY_MS = 1_000;
const SCARCE = 100;

/** When the day's count of a connection was last written down, by this process' own clock. */
export type DailyNotes = Map<string, number>;

/**
 * What of an answer is worth writing down: a limit other than the known one, calls that somebody else made, a pause, and
 * now and then the day's count. Undefined when it is nothing.
 */
export function tellLimits(
  notes: DailyNotes,
  connectionId: string,
  { limits, taken }: { readonly limits: LimitsTold; readonly taken: CallAnswered | undefined },
): LimitsTold | undefined {
  const { window, daily, pauseMs } = limits;
  const isNews =
    window && taken && (window.max !== taken.max || window.windowMs !== taken.windowMs || window.used > taken.used);
  const told = {
    window: isNews ? window : undefined,
    daily: daily && isDue(notes, connectionId, daily.remaining) ? daily : undefined,
    pauseMs,
  };
  return told.window || told.daily || pauseMs !== undefined ? told : undefined;
}

function isDue(notes: DailyNotes, connectionId: string, remaining: number): boolean {
  const now = performance.now();
  const notedAt = notes.get(connectionId);
  if (notedAt !== undefined && now - notedAt < DAILY_EVERY_MS && remaining > SCARCE) return false;
  notes.set(connectionId, now);
  return true;
}
