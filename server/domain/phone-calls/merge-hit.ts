import { DISPOSITION_SOURCES } from "@rolodesk/shared/vocabulary";
import { furtherStatus } from "./call-status.ts";
import type { PhoneCallState, ToldDisposition } from "./phone-call.ts";

/**
 * What is known of a call after one more was told of it, field by field (sync rules, telephone calls). The same whichever
 * came first and however often each came: a field takes the one of two values that is further, longer or surer, never the
 * one that came last.
 */
export function mergeHit(held: PhoneCallState, hit: PhoneCallState): PhoneCallState {
  return {
    recordId: longer(held.recordId, hit.recordId),
    direction: earlierWord(held.direction, hit.direction),
    phone: longer(held.phone, hit.phone),
    status: furtherStatus(held.status, hit.status),
    startedAt: earlier(held.startedAt, hit.startedAt),
    durationSeconds: larger(held.durationSeconds, hit.durationSeconds),
    transcript: longer(held.transcript, hit.transcript),
    recordingUrl: longer(held.recordingUrl, hit.recordingUrl),
    disposition: surerDisposition(held.disposition, hit.disposition),
  };
}

/** A surer source before another; of the same, who spoke last. */
export function surerDisposition(one: ToldDisposition | null, other: ToldDisposition | null): ToldDisposition | null {
  if (one === null || other === null) return one ?? other;
  const byRank = DISPOSITION_SOURCES.indexOf(one.source) - DISPOSITION_SOURCES.indexOf(other.source);
  const byTime = one.at.getTime() - other.at.getTime();
  const byText = one.value < other.value ? 1 : -1;
  return (byRank || byTime || byText) > 0 ? one : other;
}

function longer(one: string | null, other: string | null): string | null {
  if (one === null || other === null) return one ?? other;
  if (one.length !== other.length) return one.length > other.length ? one : other;
  return one <= other ? one : other;
}

function earlierWord<Word extends string>(one: Word | null, other: Word | null): Word | null {
  if (one === null || other === null) return one ?? other;
  return one <= other ? one : other;
}

function earlier(one: Date | null, other: Date | null): Date | null {
  if (one === null || other === null) return one ?? other;
  return one <= other ? one : other;
}

function larger(one: number | null, other: number | null): number | null {
  if (one === null || other === null) return one ?? other;
  return Math.max(one, other);
}
