import { z } from "zod";
import { Id, Instant } from "./ids.ts";
import { ShownValue } from "./sync-run.ts";
import { CONFLICT_STATUSES, SETTLE_DECISIONS, SETTLE_OUTCOMES } from "./vocabulary.ts";

export const Conflict = z.object({
  id: Id,
  connectionId: Id,
  contactId: Id,
  /** Our field. `firstName` and `lastName` are shown and settled together (same `unit`). */
  field: z.string(),
  unit: z.string(),
  label: z.string(),
  property: z.string(),
  status: z.enum(CONFLICT_STATUSES),
  /** Value in the CRM when we last looked. */
  crmValue: ShownValue,
  /** Who set it and when, where the CRM tells. */
  crmSource: z.string().nullable(),
  chatValue: ShownValue,
  /** The conversation our value comes from; null for a contact's value that an import found to differ. */
  conversationId: Id.nullable(),
  /** The message that said it; null when it came from the card or a signed token. */
  messageSeq: z.number().int().nullable(),
  /** Earlier chat values this conflict replaced, newest first. */
  earlier: z.array(z.object({ value: ShownValue, at: Instant })),
  /** Why the last attempt to write failed; null otherwise. */
  problem: z.string().nullable(),
  /** True when the CRM's value changed since the agent first saw this row. */
  stale: z.boolean(),
  decidedBy: z.string().nullable(),
  decidedAt: Instant.nullable(),
  createdAt: Instant,
  version: z.number().int(),
});
export type Conflict = z.infer<typeof Conflict>;

/** Settles the rows the agent saw. *Discard all* is `keep_crm` for every row shown. */
export const SettleConflicts = z.strictObject({
  decision: z.enum(SETTLE_DECISIONS),
  conflicts: z
    .array(z.strictObject({ id: Id, seenCrmValue: ShownValue, seenChatValue: ShownValue }))
    .min(1)
    .max(200),
});
export type SettleConflicts = z.infer<typeof SettleConflicts>;

export const SettleResult = z.object({
  results: z.array(
    z.object({
      id: Id,
      /**
       * `stale`: the CRM's or the chat's value moved, nothing was written, look again · `already_settled`: somebody was
       * faster, see `conflict.decidedBy` · `failed`: the CRM refused, see `conflict.problem`
       */
      outcome: z.enum(SETTLE_OUTCOMES),
      conflict: Conflict,
    }),
  ),
});
export type SettleResult = z.infer<typeof SettleResult>;
