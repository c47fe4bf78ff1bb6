import { z } from "zod";
import { Id, Instant } from "./ids.ts";
import { IMPORT_INTERVALS, IMPORT_TAG_MAX_CHARS, PROVIDERS } from "./vocabulary.ts";

/**
 * What decides where our value and the CRM's differ and both have moved since they last agreed: the CRM's value, ours, or
 * an agent. None of them ever replaces a value by a blank.
 */
export const IMPORT_STRATEGIES = ["crm", "ours", "merge"] as const;
export type ImportStrategy = (typeof IMPORT_STRATEGIES)[number];

/** `full` reads everybody and then looks for those who are gone; `changes` goes on where the last one ended. */
export const IMPORT_KINDS = ["full", "changes"] as const;
export type ImportKind = (typeof IMPORT_KINDS)[number];

/** `waiting`: goes on by itself. `paused`, `failed`: when somebody resumes it. */
export const IMPORT_STATUSES = ["running", "waiting", "paused", "failed", "done", "cancelled"] as const;
export type ImportStatus = (typeof IMPORT_STATUSES)[number];

export const IMPORT_TRIGGERS = ["person", "schedule"] as const;

/** What became of one record of a run: exactly one of them. */
export const IMPORT_OUTCOMES = ["imported", "updated", "skipped", "conflict", "error"] as const;
export type ImportOutcome = (typeof IMPORT_OUTCOMES)[number];

export const LOOKUP_ORDERS = ["email_first", "phone_first"] as const;
export type LookupOrder = (typeof LOOKUP_ORDERS)[number];

/** How the contacts of a connection come in. */
export const ContactSync = z.object({
  strategy: z.enum(IMPORT_STRATEGIES),
  everyMinutes: z.literal(IMPORT_INTERVALS),
  /** Only people with this tag become contacts; null: everybody. Those who are linked already are followed with or without. */
  tag: z.string().nullable(),
  lookupOrder: z.enum(LOOKUP_ORDERS),
  /** Whether this CRM knows tags at all. */
  filtersByTag: z.boolean(),
  /** The run that is not finished yet; null when none is. */
  unfinishedRunId: Id.nullable(),
  /** When everybody was last read to the end. */
  fullAt: Instant.nullable(),
});
export type ContactSync = z.infer<typeof ContactSync>;

export const ContactSyncChange = z.strictObject({
  strategy: z.enum(IMPORT_STRATEGIES).optional(),
  everyMinutes: z.literal(IMPORT_INTERVALS).optional(),
  tag: z.string().trim().toLowerCase().max(IMPORT_TAG_MAX_CHARS).nullable().optional(),
  lookupOrder: z.enum(LOOKUP_ORDERS).optional(),
});
export type ContactSyncChange = z.infer<typeof ContactSyncChange>;

export const StartImport = z.strictObject({ connectionId: Id, kind: z.enum(IMPORT_KINDS) });
export type StartImport = z.infer<typeof StartImport>;

/** One import, as the log keeps it. `imported + updated + skipped + conflicts + errors` is `total`. */
export const ImportRun = z.object({
  id: Id,
  connectionId: Id,
  connectionName: z.string(),
  provider: z.enum(PROVIDERS),
  providerName: z.string(),
  kind: z.enum(IMPORT_KINDS),
  trigger: z.enum(IMPORT_TRIGGERS),
  /** Who started it; null when the clock did. */
  startedBy: z.string().nullable(),
  strategy: z.enum(IMPORT_STRATEGIES),
  tag: z.string().nullable(),
  status: z.enum(IMPORT_STATUSES),
  /** `checking`: everybody was read; those who did not appear are looked up one by one. */
  phase: z.enum(["reading", "checking"]),
  /** How many records there are to read, where the CRM tells. */
  expected: z.number().int().nullable(),
  total: z.number().int(),
  imported: z.number().int(),
  updated: z.number().int(),
  skipped: z.number().int(),
  conflicts: z.number().int(),
  errors: z.number().int(),
  /** Links that were closed because their record is gone. Not part of `total`. */
  unlinked: z.number().int(),
  pages: z.number().int(),
  /** Records per second of the time it was at work; null before the first page. */
  perSecond: z.number().nullable(),
  secondsLeft: z.number().int().nullable(),
  /** What went wrong or what it waits for, in words. */
  problem: z.string().nullable(),
  nextAttemptAt: Instant.nullable(),
  createdAt: Instant,
  finishedAt: Instant.nullable(),
  version: z.number().int(),
});
export type ImportRun = z.infer<typeof ImportRun>;

export const ListImports = z.strictObject({
  connection: Id.optional(),
  cursor: z.string().max(200).optional(),
  limit: z.coerce.number().int().min(1).max(100).default(50),
});
export type ListImports = z.infer<typeof ListImports>;

export const ImportPage = z.object({ items: z.array(ImportRun), nextCursor: z.string().nullable() });
export type ImportPage = z.infer<typeof ImportPage>;

/** A record of which there is something to say: why it was skipped, is in conflict or could not be taken. */
export const ImportDetail = z.object({
  id: Id,
  outcome: z.enum(IMPORT_OUTCOMES),
  object: z.string(),
  externalId: z.string(),
  /** The person's name, email or phone, as the CRM has it. */
  label: z.string(),
  reason: z.string(),
  contactId: Id.nullable(),
  /** Of the record in the CRM. */
  url: z.string().nullable(),
});
export type ImportDetail = z.infer<typeof ImportDetail>;

export const ListImportDetails = z.strictObject({
  outcome: z.enum(IMPORT_OUTCOMES).optional(),
  cursor: z.string().max(200).optional(),
  limit: z.coerce.number().int().min(1).max(200).default(50),
});
export type ListImportDetails = z.infer<typeof ListImportDetails>;

export const ImportDetailPage = z.object({ items: z.array(ImportDetail), nextCursor: z.string().nullable() });
export type ImportDetailPage = z.infer<typeof ImportDetailPage>;
