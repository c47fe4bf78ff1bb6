import { PHONE_CALL_STATUSES, type PhoneCallStatus } from "@rolodesk/shared/vocabulary";

/** Words that mean one of ours, written otherwise. */
const OTHER_WORDS: ReadonlyMap<string, PhoneCallStatus> = new Map([
  ["queued", "pending"],
  ["initiated", "pending"],
  ["inprogress", "in_progress"],
  ["noanswer", "no_answer"],
  ["missed", "no_answer"],
  ["cancelled", "canceled"],
  ["connected", "answered"],
  ["voice_mail", "voicemail"],
]);

/** A status in whatever case and with whatever between its words (`No answer`, `no-answer`); null for one nobody knows. */
export function readCallStatus(written: string): PhoneCallStatus | null {
  const word = written
    .trim()
    .toLowerCase()
    .replace(/[^a-z]+/g, "_");
  return PHONE_CALL_STATUSES.find((status) => status === word) ?? OTHER_WORDS.get(word) ?? null;
}

/** The further of two; the order of the list says which. */
export function furtherStatus(one: PhoneCallStatus | null, other: PhoneCallStatus | null): PhoneCallStatus | null {
  if (one === null || other === null) return one ?? other;
  return PHONE_CALL_STATUSES.indexOf(one) >= PHONE_CALL_STATUSES.indexOf(other) ? one : other;
}

/** Whether somebody picked up: HighLevel says `answered` or `completed`. */
export function wasPickedUp(status: PhoneCallStatus | null): boolean {
  return status === "answered" || status === "completed";
}
