import type { DispositionSource, PhoneCallDirection } from "@rolodesk/shared/vocabulary";
import { z } from "zod";
import { cleanText } from "../../domain/contacts/clean-text.ts";
import { readDisposition } from "../../domain/phone-calls/assess-call.ts";
import { readCallStatus } from "../../domain/phone-calls/call-status.ts";
import type { PhoneCallHit } from "../../domain/phone-calls/phone-call.ts";

/** What is longer is cut: it is for reading, and nothing is decided by its end. */
const TRANSCRIPT_MAX_CHARS = 100_000;
const MAX_SECONDS = 24 * 60 * 60;

const RecordId = z.string().regex(/^[A-Za-z0-9_-]{1,60}$/);
export const PhoneCallId = z.string().regex(/^[A-Za-z0-9_:.-]{1,100}$/);

/** A call as any of HighLevel's doors tells of it: words as they came, nothing yet believed of them. */
interface ToldCall {
  readonly externalId: string;
  readonly isUnknownToLog?: boolean;
  readonly contactId?: unknown;
  readonly direction?: unknown;
  readonly from?: unknown;
  readonly to?: unknown;
  readonly phone?: unknown;
  readonly statuses?: readonly unknown[];
  readonly startedAt?: unknown;
  readonly duration?: unknown;
  readonly transcript?: unknown;
  readonly recordingUrl?: unknown;
  readonly disposition?: unknown;
  readonly dispositionSource?: DispositionSource;
}

/** Each part in our form; what cannot be read as what it should be is not told. `at`: when it was told. */
export function toPhoneCallHit(told: ToldCall, at: Date): PhoneCallHit {
  const direction = directionOf(told.direction);
  const theirs = direction === "inbound" ? told.from : direction === "outbound" ? told.to : null;
  const value = textOf(told.disposition, 200);
  const disposition = value === null ? null : readDisposition(value);
  return {
    externalId: told.externalId,
    ...(told.isUnknownToLog && { isUnknownToLog: true }),
    recordId: RecordId.safeParse(told.contactId).data ?? null,
    direction,
    phone: textOf(theirs, 40) ?? textOf(told.phone, 40),
    status: statusOf(told.statuses ?? []),
    startedAt: instantOf(told.startedAt),
    durationSeconds: secondsOf(told.duration),
    transcript: textOf(told.transcript, TRANSCRIPT_MAX_CHARS),
    recordingUrl: webAddress(told.recordingUrl),
    disposition: disposition === null ? null : { value: disposition, source: told.dispositionSource ?? "crm", at },
  };
}

/** The first that is a status: a voicemail is `completed` in one field and `voicemail` in the other. */
function statusOf(statuses: readonly unknown[]): PhoneCallHit["status"] {
  for (const one of statuses) {
    const status = typeof one === "string" ? readCallStatus(one) : null;
    if (status !== null) return status;
  }
  return null;
}

function directionOf(told: unknown): PhoneCallDirection | null {
  const word = typeof told === "string" ? told.trim().toLowerCase() : "";
  if (word === "inbound" || word === "incoming") return "inbound";
  return word === "outbound" || word === "outgoing" ? "outbound" : null;
}

/** Custom providers send `{}` where a text should be, and a workflow leaves a value that it does not have empty. */
function textOf(told: unknown, maxChars: number): string | null {
  if (typeof told !== "string") return null;
  const text = cleanText(told.slice(0, maxChars));
  return text === "" ? null : text;
}

function secondsOf(told: unknown): number | null {
  if (typeof told !== "number" && (typeof told !== "string" || told.trim() === "")) return null;
  const seconds = Math.round(Number(told));
  return seconds >= 0 && seconds <= MAX_SECONDS ? seconds : null;
}

function instantOf(told: unknown): Date | null {
  const at = typeof told === "string" || typeof told === "number" ? new Date(told) : null;
  const year = at?.getUTCFullYear() ?? 0;
  return at && year >= 2000 && year < 2100 ? at : null;
}

/** Only what a browser may be sent to. */
function webAddress(told: unknown): string | null {
  const text = textOf(told, 2000);
  if (text === null || !URL.canParse(text)) return null;
  return new URL(text).protocol === "https:" ? text : null;
}
