import type { Refusal } from "../../db/queries/call-budget.ts";
import type { CallKind } from "../../integrations/call-gate.ts";

/** Why a call has to wait, as a sync says it beside the time at which it goes on. */
export function refusalWords(
  name: string,
  refusal: Refusal | null,
  { max, windowMs, kind }: { max: number; windowMs: number; kind: CallKind },
): string {
  switch (refusal) {
    case "paused":
      return `${name} asked us to wait. This goes on by itself.`;
    case "down":
      return `${name} does not answer at the moment. It is tried again by itself.`;
    case "day":
      return `${name}'s limit of calls for today is used up. This goes on when the new day begins.`;
    case "busy":
      return `${name} takes only a few changes at once. This goes on by itself.`;
    case "window":
    case null: {
      const seconds = Math.round(windowMs / 1000);
      const what = kind === "search" ? "searches" : "calls";
      const time = seconds === 1 ? "per second" : `in ${seconds} seconds`;
      return `${name}'s limit of ${max} ${what} ${time} is used up for the moment. This goes on by itself.`;
    }
  }
}
