import { z } from "zod";
import { Conflict, SettleConflicts } from "./conflict.ts";
import { PersonLabel } from "./conversation.ts";
import { Id, Instant } from "./ids.ts";
import { ShownValue } from "./sync-run.ts";
import { CONNECTION_STATUSES, PROVIDERS, SETTLE_OUTCOMES, SETTLEMENT_STATUSES } from "./vocabulary.ts";

/** Which conflicts; every part narrows. */
export const ConflictFilter = z.strictObject({
  /** `open`: waiting, oldest first. `decided`: applied or kept, the latest decision first. */
  state: z.enum(["open", "decided"]).default("open"),
  connection: Id.optional(),
  /** A field or a unit of fields: `email`, or `name` for both halves of it. */
  unit: z.string().max(64).optional(),
  /** Waiting for at least this many days. */
  olderThanDays: z.coerce.number().int().min(1).max(365).optional(),
  /** Id of the agent the conversation is assigned to; `nobody` for none. */
  assignee: z.string().max(64).optional(),
  site: Id.optional(),
});
export type ConflictFilter = z.infer<typeof ConflictFilter>;

export const ListConflicts = ConflictFilter.extend({
  cursor: z.string().max(200).optional(),
  limit: z.coerce.number().int().min(1).max(100).default(50),
});
export type ListConflicts = z.infer<typeof ListConflicts>;

/** What is decided at once: one field of one record, or the halves of its name. */
export const ConflictUnit = z.object({
  /** Id of its first member. */
  id: Id,
  unit: z.string(),
  connection: z.object({
    id: Id,
    name: z.string(),
    provider: z.enum(PROVIDERS),
    status: z.enum(CONNECTION_STATUSES),
  }),
  person: PersonLabel,
  /** Where it was said; null where the reader may not see that conversation. */
  conversation: z.object({ id: Id, siteName: z.string(), assigneeName: z.string().nullable() }).nullable(),
  recordUrl: z.string().nullable(),
  members: z.array(Conflict),
  /** Whether the decision can be undone; what stands in the way is told when it is tried. */
  undoable: z.boolean(),
  since: Instant,
});
export type ConflictUnit = z.infer<typeof ConflictUnit>;

export const ConflictUnitPage = z.object({
  items: z.array(ConflictUnit),
  nextCursor: z.string().nullable(),
  /** Units the filter fits, counted up to 1,000. */
  total: z.number().int(),
});
export type ConflictUnitPage = z.infer<typeof ConflictUnitPage>;

/** Units that wait, counted up to 1,000. */
export const ConflictCount = z.object({ open: z.number().int() });
export type ConflictCount = z.infer<typeof ConflictCount>;

/** One line of a conflict's story. */
export const ConflictDeed = z.object({
  id: Id,
  at: Instant,
  actor: z.string(),
  /** The field it was about. */
  label: z.string(),
  action: z.enum(["conflict.applied", "conflict.kept", "conflict.undone", "conflict.reopened"]),
  /** Values of the CRM before and after. */
  from: ShownValue,
  to: ShownValue,
});
export type ConflictDeed = z.infer<typeof ConflictDeed>;

export const ConflictDetail = z.object({ unit: ConflictUnit, trail: z.array(ConflictDeed) });
export type ConflictDetail = z.infer<typeof ConflictDetail>;

/** `stale`: the CRM's value is not the one we wrote any more, so it was left. `failed`: see `message`. */
export const UndoResult = z.object({
  outcome: z.enum(["undone", "stale", "failed"]),
  message: z.string().nullable(),
  conflicts: z.array(Conflict),
});
export type UndoResult = z.infer<typeof UndoResult>;

/**
 * A settlement of many conflicts: drafted, so that the agent sees what it covers, then started. It covers exactly the
 * rows of its draft, with the values they had: for `rows` those the agent saw, for `filter` those of the moment.
 */
export const DraftSettlement = z.strictObject({
  decision: SettleConflicts.shape.decision,
  scope: z.discriminatedUnion("kind", [
    z.strictObject({ kind: z.literal("rows"), conflicts: SettleConflicts.shape.conflicts }),
    z.strictObject({ kind: z.literal("filter"), filter: ConflictFilter.omit({ state: true }) }),
  ]),
});
export type DraftSettlement = z.infer<typeof DraftSettlement>;

export const Settlement = z.object({
  id: Id,
  decision: SettleConflicts.shape.decision,
  status: z.enum(SETTLEMENT_STATUSES),
  total: z.number().int(),
  /** How many rows have which outcome so far. */
  outcomes: z.partialRecord(z.enum(SETTLE_OUTCOMES), z.number().int()),
  /** Rows by connection and field, as drafted. */
  groups: z.array(z.object({ connectionName: z.string(), label: z.string(), count: z.number().int() })),
  /** Rows whose values have moved since the agent saw them; they are left as they are. */
  stale: z.number().int(),
  /** Rows whose CRM value moved while they waited, which the draft covers with the new value. */
  moved: z.number().int(),
  /** Rows of connections that make no calls now; using the chat's value will fail for them. */
  inactive: z.number().int(),
  /** When it goes on after a CRM asked to wait; null otherwise. */
  waitsUntil: Instant.nullable(),
  createdAt: Instant,
  finishedAt: Instant.nullable(),
  version: z.number().int(),
});
export type Settlement = z.infer<typeof Settlement>;

export const ListSettlementRows = z.strictObject({
  /** `unsettled`: those that were not applied or kept. */
  show: z.enum(["all", "unsettled"]).default("all"),
  after: z.coerce.number().int().min(0).default(0),
  limit: z.coerce.number().int().min(1).max(200).default(100),
});
export type ListSettlementRows = z.infer<typeof ListSettlementRows>;

export const SettlementRow = z.object({
  position: z.number().int(),
  conflictId: Id,
  conversationId: Id.nullable(),
  person: z.string(),
  connectionName: z.string(),
  label: z.string(),
  crmValue: ShownValue,
  chatValue: ShownValue,
  outcome: z.enum(SETTLE_OUTCOMES).nullable(),
  problem: z.string().nullable(),
});
export type SettlementRow = z.infer<typeof SettlementRow>;

export const SettlementRows = z.object({ rows: z.array(SettlementRow), more: z.boolean() });
export type SettlementRows = z.infer<typeof SettlementRows>;
