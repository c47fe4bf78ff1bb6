import type { CallAnswered } from "../../db/queries/call-budget.ts";
import type { LimitsTold } from "../../integrations/call-gate.ts";

/** How often a day's count is written down while nothing depends on it. */
const DAILY_EVERY_MS = 1_000;

const dailyNotedAt = new Map<string, number>();

/**
 * What of an answer is worth writing down: a limit other than the known one, calls that somebody else made, a pause, and
 * now and then the day's count. Undefined when it is nothing.
 */
export function tellLimits(
  connectionId: string,
  { window, daily, pauseMs }: LimitsTold,
  taken: CallAnswered | undefined,
): LimitsTold | undefined {
  const isNews =
    window && taken && (window.max !== taken.max || window.windowMs !== taken.windowMs || window.used > taken.used);
  const told = {
    window: isNews ? window : undefined,
    daily: daily && isDue(connectionId, daily.remaining) ? daily : undefined,
    pauseMs,
  };
  return told.window || told.daily || pauseMs !== undefined ? told : undefined;
}

function isDue(connectionId: string, remaining: number): boolean {
  const now = performance.now();
  const noted = dailyNotedAt.get(connectionId);
  if (noted !== undefined && now - noted < DAILY_EVERY_MS && remaining > 100) return false;
  dailyNotedAt.set(connectionId, now);
  return true;
}
