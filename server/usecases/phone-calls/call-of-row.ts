import type { PhoneCallRow } from "../../db/queries/phone-call.ts";
import type { ModelReading, PhoneCallState } from "../../domain/phone-calls/phone-call.ts";

/** What was told of a stored call; what we made of it ourselves is left out. */
export function callOfRow(row: PhoneCallRow): PhoneCallState {
  const { recordId, direction, phone, status, startedAt, durationSeconds, transcript, recordingUrl } = row;
  return {
    ...{ recordId, direction, phone, status, startedAt, durationSeconds, transcript, recordingUrl },
    disposition: toldDisposition(row),
  };
}

function toldDisposition({
  disposition,
  dispositionSource,
  dispositionAt,
}: PhoneCallRow): PhoneCallState["disposition"] {
  if (disposition === null || dispositionSource === null || dispositionAt === null) return null;
  if (dispositionSource === "rules" || dispositionSource === "model") return null;
  return { value: disposition, source: dispositionSource, at: dispositionAt };
}

/** What a model made of its transcript. */
export function readingOfRow({ reading }: PhoneCallRow): ModelReading | null {
  if (reading === null) return null;
  const { summary, disposition, engagement, nextFollowUpAt } = reading;
  return {
    summary,
    disposition,
    engagement,
    nextFollowUpAt: nextFollowUpAt === null ? null : new Date(nextFollowUpAt),
  };
}
