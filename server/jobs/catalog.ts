import { Id } from "@rolodesk/shared/ids";
import { z } from "zod";

interface JobSpec {
  /** Ids only; a job whose row is gone is done. */
  readonly payload: z.ZodType;
  readonly maxAttempts: number;
  /** A recurring job: enqueued by itself at start and then at this interval. */
  readonly everyMs?: number;
}

const MINUTE_MS = 60_000;

/** Every job there is. A failed attempt is repeated after e^n seconds, at most after six hours. */
export const JOBS = {
  /** One push. It decides itself when to try again, so an attempt fails only when something of ours is broken. */
  "sync-run": { payload: z.strictObject({ runId: Id }), maxAttempts: 25 },
  /** Puts a conversation's transcript on a record; decides itself when to try again. */
  "add-transcript": { payload: z.strictObject({ noteId: Id }), maxAttempts: 25 },
  /** A part of a settlement of many conflicts, which enqueues the next. */
  "settle-conflicts": { payload: z.strictObject({ settlementId: Id }), maxAttempts: 25 },
  /** Reads a record again after a CRM told of it; decides itself when to try again. */
  "read-webhook-event": { payload: z.strictObject({ eventId: Id }), maxAttempts: 25 },
  /** Looks for fields and options of one connection's mapping that have gone from its CRM. */
  "check-mapping": { payload: z.strictObject({ connectionId: Id }), maxAttempts: 3 },
  "check-mappings": { payload: z.strictObject({}), maxAttempts: 1, everyMs: 24 * 60 * MINUTE_MS },
  /** Tells one endpoint of one event; decides itself when to try again. */
  "deliver-webhook": { payload: z.strictObject({ deliveryId: Id }), maxAttempts: 25 },
  /** The next page of an import, which enqueues the one after it; decides itself when to try again. */
  "import-contacts": { payload: z.strictObject({ runId: Id }), maxAttempts: 25 },
  "start-due-imports": { payload: z.strictObject({}), maxAttempts: 1, everyMs: MINUTE_MS },
  /** The next part of what is being done with a file of people; it enqueues what follows. */
  "work-on-file": { payload: z.strictObject({ batchId: Id }), maxAttempts: 25 },
  /** Erases the person of a contact whose record a CRM deleted for privacy. */
  "erase-contact": { payload: z.strictObject({ contactId: Id, connectionId: Id }), maxAttempts: 25 },
  /** Deletes an erased person's records in CRMs; decides itself when to try again. */
  "erase-in-crms": { payload: z.strictObject({ requestId: Id }), maxAttempts: 25 },
  /** Gives telephone calls of nobody the contact that has become known since. */
  "link-phone-calls": { payload: z.strictObject({}), maxAttempts: 1, everyMs: MINUTE_MS },
  /** The next page of what a connection's CRM logged of calls; it enqueues the one after it. */
  "read-phone-calls": { payload: z.strictObject({ connectionId: Id }), maxAttempts: 3 },
  "read-due-phone-calls": { payload: z.strictObject({}), maxAttempts: 1, everyMs: MINUTE_MS },
  /** Lets a language model read one call's transcript; decides itself when to try again. */
  "summarize-phone-call": { payload: z.strictObject({ phoneCallId: Id }), maxAttempts: 25 },
  "end-silent-conversations": { payload: z.strictObject({}), maxAttempts: 1, everyMs: MINUTE_MS },
  "forget-old-sessions": { payload: z.strictObject({}), maxAttempts: 1, everyMs: 6 * 60 * MINUTE_MS },
  "forget-webhook-events": { payload: z.strictObject({}), maxAttempts: 1, everyMs: 6 * 60 * MINUTE_MS },
  "forget-outgoing-events": { payload: z.strictObject({}), maxAttempts: 1, everyMs: 6 * 60 * MINUTE_MS },
  "forget-idempotent-requests": { payload: z.strictObject({}), maxAttempts: 1, everyMs: 60 * MINUTE_MS },
  /** At each start, so that a new key is in use at once. */
  "reseal-secrets": { payload: z.strictObject({}), maxAttempts: 1, everyMs: 24 * 60 * MINUTE_MS },
  "sweep-stuck-runs": { payload: z.strictObject({}), maxAttempts: 1, everyMs: MINUTE_MS },
} as const satisfies Record<string, JobSpec>;

export type JobName = keyof typeof JOBS;
type JobPayloads = { readonly [N in JobName]: z.infer<(typeof JOBS)[N]["payload"]> };
export type Job<N extends JobName = JobName> = {
  [Name in N]: { readonly name: Name; readonly payload: JobPayloads[Name] };
}[N];
export type JobHandlers = { readonly [N in JobName]: (payload: JobPayloads[N]) => Promise<void> };

/** Jobs that wait for the CRM of one connection. */
export function connectionFlag(connectionId: string): string {
  return `connection:${connectionId}`;
}
