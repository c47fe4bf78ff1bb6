import { z } from "zod";
import { PersonLabel } from "./conversation.ts";
import { Id, Instant } from "./ids.ts";
import { DecisionView, ShownValue, SyncRun } from "./sync-run.ts";
import { CONNECTION_STATUSES, RUN_RESULTS, RUN_STATUSES, RUN_TRIGGERS } from "./vocabulary.ts";

/** `unfinished`: queued, running or waiting. */
const RUN_STATUS_FILTERS = [...RUN_STATUSES, "unfinished"] as const;

/** A page of the sync log, newest first. */
export const ListSyncRuns = z.strictObject({
  connection: Id.optional(),
  status: z.enum(RUN_STATUS_FILTERS).optional(),
  result: z.enum(RUN_RESULTS).optional(),
  trigger: z.enum(RUN_TRIGGERS).optional(),
  /** All runs about one of our contacts; with `connection`, the history of one link. */
  contact: Id.optional(),
  /** Part of a name, an email address or a phone number. */
  search: z.string().trim().max(200).optional(),
  /** Began at or after this. */
  from: Instant.optional(),
  /** Began before this. */
  to: Instant.optional(),
  cursor: z.string().max(200).optional(),
  limit: z.coerce.number().int().min(1).max(100).default(50),
});
export type ListSyncRuns = z.infer<typeof ListSyncRuns>;

export const SyncRunSummary = SyncRun.pick({
  id: true,
  connectionId: true,
  provider: true,
  conversationId: true,
  contactId: true,
  trigger: true,
  status: true,
  result: true,
  conflictsQueued: true,
  reason: true,
  matchedBy: true,
  attempts: true,
  nextAttemptAt: true,
  durationMs: true,
  createdAt: true,
  finishedAt: true,
  version: true,
}).extend({
  connectionName: z.string(),
  person: PersonLabel,
  siteName: z.string(),
  /** How many values it wrote. */
  written: z.number().int(),
});
export type SyncRunSummary = z.infer<typeof SyncRunSummary>;

export const SyncRunPage = z.object({
  items: z.array(SyncRunSummary),
  nextCursor: z.string().nullable(),
});
export type SyncRunPage = z.infer<typeof SyncRunPage>;

/** One call to the CRM. No bodies: they hold people's data. */
const CrmCall = z.object({
  method: z.string(),
  path: z.string(),
  /** null when no answer came. */
  status: z.number().int().nullable(),
  durationMs: z.number().int(),
  /** The CRM's own id of the request, for its support. */
  requestId: z.string().nullable(),
  /** How many syncs it was made for at once; 1: for this one alone. */
  sharedBy: z.number().int(),
});

/** A field of the plan with the CRM's value before and after it; `after` is what the plan asks for while it is not applied. */
export const FieldChange = DecisionView.extend({ label: z.string(), base: ShownValue, after: ShownValue });
export type FieldChange = z.infer<typeof FieldChange>;

export const SyncRunDetail = SyncRunSummary.extend({
  connection: z.object({ name: z.string(), providerName: z.string(), status: z.enum(CONNECTION_STATUSES) }),
  suggestion: z.string().nullable(),
  /** Whether the plan was carried out; a plan of a failed run may or may not have been. */
  applied: z.boolean(),
  /** The run that made a new record, as it was or is planned. */
  creates: z.boolean(),
  fields: z.array(FieldChange),
  candidates: z.number().int(),
  callLog: z.array(CrmCall),
  startedAt: Instant.nullable(),
  /** The record this person is linked to now; null when there is none. */
  record: z.object({ object: z.string(), externalId: z.string(), url: z.string().nullable() }).nullable(),
  /** The latest other runs of the same person and connection, newest first. */
  history: z.array(SyncRunSummary),
});
export type SyncRunDetail = z.infer<typeof SyncRunDetail>;

export const FailedRunsQuery = z.strictObject({ connection: Id });
/** Runs of a connection in the dead letter. */
export const FailedRuns = z.object({ failed: z.number().int() });
export type FailedRuns = z.infer<typeof FailedRuns>;

export const RetryFailedRuns = z.strictObject({ connectionId: Id });
export type RetryFailedRuns = z.infer<typeof RetryFailedRuns>;
export const RetriedRuns = z.object({ retried: z.number().int() });
export type RetriedRuns = z.infer<typeof RetriedRuns>;
