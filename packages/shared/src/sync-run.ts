import { z } from "zod";
import { Id, Instant } from "./ids.ts";
import { DECISION_KINDS, MATCHED_BY, PROVIDERS, RUN_RESULTS, RUN_STATUSES, RUN_TRIGGERS } from "./vocabulary.ts";

/** A value as the CRM or the chat has it, for showing. */
export const ShownValue = z.union([z.string(), z.number(), z.boolean(), z.array(z.string()), z.null()]);
export type ShownValue = z.infer<typeof ShownValue>;

export const DecisionView = z.object({
  field: z.string(),
  property: z.string(),
  kind: z.enum(DECISION_KINDS),
  /** In words, e.g. "The CRM had nothing here." */
  reason: z.string(),
  crm: ShownValue,
  chat: ShownValue,
});

/** A record the agent may choose when several fit. */
export const Candidate = z.object({
  object: z.string(),
  externalId: z.string(),
  name: z.string().nullable(),
  emails: z.array(z.string()),
  phones: z.array(z.string()),
  /** Why it is a candidate, e.g. "Has the phone +1 202 555 0123, but another email." */
  reason: z.string(),
  url: z.string().nullable(),
  /** Our other contact it is already linked to; choosing it is not offered. */
  linkedContactId: Id.nullable(),
});
export type Candidate = z.infer<typeof Candidate>;

export const SyncRun = z.object({
  id: Id,
  connectionId: Id,
  provider: z.enum(PROVIDERS),
  conversationId: Id.nullable(),
  contactId: Id.nullable(),
  trigger: z.enum(RUN_TRIGGERS),
  status: z.enum(RUN_STATUSES),
  result: z.enum(RUN_RESULTS).nullable(),
  /** Conflicts this run queued. */
  conflictsQueued: z.number().int(),
  /** What happened and what to do, in words. */
  reason: z.string().nullable(),
  matchedBy: z.enum(MATCHED_BY).nullable(),
  decisions: z.array(DecisionView),
  candidates: z.array(Candidate),
  /** A hint that is not an error, e.g. "Another record has this phone: they may be one person." */
  suggestion: z.string().nullable(),
  calls: z.number().int(),
  attempts: z.number().int(),
  nextAttemptAt: Instant.nullable(),
  durationMs: z.number().int().nullable(),
  createdAt: Instant,
  finishedAt: Instant.nullable(),
  version: z.number().int(),
});
export type SyncRun = z.infer<typeof SyncRun>;

/** The agent's Sync button. `requestId` is one click: asked again with the same one it is the same run. */
export const SyncRequest = z.strictObject({ connectionId: Id, requestId: Id });
export type SyncRequest = z.infer<typeof SyncRequest>;

/** The agent's answer to `needs_choice`. `later` closes the question until something new is said. */
export const RunChoice = z.discriminatedUnion("kind", [
  z.strictObject({ kind: z.literal("record"), object: z.string().max(64), externalId: z.string().max(200) }),
  z.strictObject({ kind: z.literal("create") }),
  z.strictObject({ kind: z.literal("later") }),
]);
export type RunChoice = z.infer<typeof RunChoice>;
