import {
  DISPOSITION_MAX_CHARS,
  DISPOSITIONS,
  type Disposition,
  type EngagementLevel,
  type PhoneCallStatus,
} from "@rolodesk/shared/vocabulary";
import { wasPickedUp } from "./call-status.ts";
import { surerDisposition } from "./merge-hit.ts";
import type { ModelReading, PhoneCallState, ToldDisposition } from "./phone-call.ts";

const HOUR_MS = 60 * 60_000;
const DAY_MS = 24 * HOUR_MS;

/** What each ending means for the person: how far they have come, and when somebody should call again. */
const MEANING: Readonly<
  Record<Disposition, { readonly engagement: EngagementLevel; readonly againAfterMs: number | null }>
> = {
  answered: { engagement: "engaged", againAfterMs: 2 * DAY_MS },
  interested: { engagement: "interested", againAfterMs: DAY_MS },
  "appointment booked": { engagement: "interested", againAfterMs: null },
  sold: { engagement: "customer", againAfterMs: null },
  callback: { engagement: "engaged", againAfterMs: DAY_MS },
  "not interested": { engagement: "not_interested", againAfterMs: null },
  "do not call": { engagement: "not_interested", againAfterMs: null },
  "wrong number": { engagement: "attempted", againAfterMs: null },
  voicemail: { engagement: "attempted", againAfterMs: 2 * DAY_MS },
  "no answer": { engagement: "attempted", againAfterMs: DAY_MS },
  busy: { engagement: "attempted", againAfterMs: 4 * HOUR_MS },
  failed: { engagement: "attempted", againAfterMs: DAY_MS },
};

const NOT_PICKED_UP: Partial<Record<PhoneCallStatus, Disposition>> = {
  canceled: "failed",
  failed: "failed",
  busy: "busy",
  no_answer: "no answer",
  voicemail: "voicemail",
};

/** The first that is found decides: a refusal outweighs what was said politely around it. */
const SAID: readonly (readonly [RegExp, Disposition])[] = [
  [/\b(stop calling|(do not|don.t) call|take me off|remove me)\b/i, "do not call"],
  [/\bwrong number\b/i, "wrong number"],
  [/\b(not interested|no interest|no,? thank you|no thanks)\b/i, "not interested"],
  [/\b(call (me )?back|call again|call later|another time|ring me)\b/i, "callback"],
  [/\b(i.m interested|am interested|sounds good|sign me up|send me (the|a|an) (offer|quote))\b/i, "interested"],
];

/** What a call comes to, and who says so. */
interface Assessment {
  readonly disposition: ToldDisposition | null;
  readonly engagement: EngagementLevel | null;
  readonly nextFollowUpAt: Date | null;
}

/**
 * What a call comes to: who is surest says how it ended; that decides engagement and follow-up by rule, and a model's reading
 * counts where nobody surer spoke. `at` is when the call was, as well as it is known.
 */
export function assessCall(call: PhoneCallState, reading: ModelReading | null, at: Date): Assessment {
  const inferred = inferDisposition(call);
  const disposition = [
    inferred && { value: inferred, source: "rules" as const, at },
    reading && { value: reading.disposition, source: "model" as const, at },
    call.disposition,
  ].reduce<ToldDisposition | null>(surerDisposition, null);
  if (disposition === null) return { disposition, engagement: null, nextFollowUpAt: null };
  if (reading && disposition.source === "model") {
    const { engagement, nextFollowUpAt } = reading;
    return { disposition, engagement, nextFollowUpAt };
  }
  return { disposition, ...meaningOf(disposition.value, call, at) };
}

/** By what is known without reading between the lines; null while the call goes on. */
export function inferDisposition({ status, transcript }: PhoneCallState): Disposition | null {
  if (status !== null && !wasPickedUp(status)) return NOT_PICKED_UP[status] ?? null;
  const said = transcript === null ? undefined : SAID.find(([words]) => words.test(transcript))?.[1];
  return said ?? (status === null ? null : "answered");
}

/** In lower case, with single spaces between its words: `Not-Interested` is `not interested`. Null when nothing is left. */
export function readDisposition(written: string): string | null {
  const words = written.toLowerCase().replace(/[\s_-]+/g, " ");
  const value = words.trim().slice(0, DISPOSITION_MAX_CHARS).trim();
  return value === "" ? null : value;
}

/** How far a person has come after a call. A sale is not undone by a call, and one nobody answered takes nothing back. */
export function engagementAfter(held: EngagementLevel, ofCall: EngagementLevel): EngagementLevel {
  if (held === "customer") return held;
  if (ofCall === "attempted" || ofCall === "new") return held === "new" ? ofCall : held;
  if (ofCall === "engaged") return held === "new" || held === "attempted" ? ofCall : held;
  return ofCall;
}

function meaningOf(value: string, { status }: PhoneCallState, at: Date): Omit<Assessment, "disposition"> {
  const known = DISPOSITIONS.find((one) => one === value);
  // a CRM's own word: what is left to go by is whether somebody picked up
  const { engagement, againAfterMs } = MEANING[known ?? (status && NOT_PICKED_UP[status]) ?? "answered"];
  return { engagement, nextFollowUpAt: againAfterMs === null ? null : new Date(at.getTime() + againAfterMs) };
}
