import { z } from "zod";
import { Id, Instant } from "./ids.ts";
import { ShownValue } from "./sync-run.ts";
import {
  CONFLICT_STATUSES,
  ENDED_BY,
  MATCHED_BY,
  MESSAGE_KINDS,
  RUN_RESULTS,
  RUN_STATUSES,
  RUN_TRIGGERS,
} from "./vocabulary.ts";

const OfConversation = { conversationId: Id, siteId: Id, contactId: Id.nullable() };

const ConversationStarted = z.object({ ...OfConversation, startedAt: Instant });
const ConversationEnded = z.object({
  ...OfConversation,
  endedBy: z.enum(ENDED_BY).nullable(),
  endedAt: Instant,
});

/** What visitors and agents write to each other. Private notes stay here. */
const MessageCreated = z.object({
  ...OfConversation,
  messageId: Id,
  seq: z.number().int(),
  kind: z.enum(MESSAGE_KINDS).extract(["visitor", "agent"]),
  /** The agent's name; null for visitors. */
  authorName: z.string().nullable(),
  text: z.string(),
  createdAt: Instant,
});

/** A conversation's facts point to a contact now, a new one or one that was known. */
const ContactIdentified = z.object({
  conversationId: Id,
  siteId: Id,
  contactId: Id,
  firstName: z.string().nullable(),
  lastName: z.string().nullable(),
  email: z.string().nullable(),
  phone: z.string().nullable(),
});

/** `failed`: it is tried no more until somebody retries it; then it finishes again. */
export const SyncFinished = z.object({
  ...OfConversation,
  syncRunId: Id,
  connectionId: Id,
  trigger: z.enum(RUN_TRIGGERS),
  status: z.enum(RUN_STATUSES).extract(["done", "failed"]),
  result: z.enum(RUN_RESULTS).nullable(),
  reason: z.string().nullable(),
  matchedBy: z.enum(MATCHED_BY).nullable(),
  conflictsQueued: z.number().int(),
  finishedAt: Instant,
});

const OfConflict = {
  conflictId: Id,
  connectionId: Id,
  contactId: Id,
  conversationId: Id.nullable(),
  siteId: Id.nullable(),
  field: z.string(),
  /** The field's name in the CRM. */
  property: z.string(),
  crmValue: ShownValue,
  chatValue: ShownValue,
};

/** New, or one of its values has changed. */
const ConflictQueued = z.object(OfConflict);

/** `closed_equal` and `void` are nobody's decision: the values became equal, or the field is not sent any more. */
export const ConflictSettled = z.object({
  ...OfConflict,
  outcome: z.enum(CONFLICT_STATUSES).extract(["applied", "kept", "closed_equal", "void"]),
  decidedBy: z.string().nullable(),
});

/** What an admin sends from the settings to see that it arrives. */
const WebhookTest = z.object({ endpointId: Id, text: z.string() });

function event<Type extends string, Data extends z.ZodType>(type: Type, data: Data) {
  return z.object({ type: z.literal(type), timestamp: Instant, data });
}

/** The body of every delivery, by its type. */
export const OutgoingEvent = z.discriminatedUnion("type", [
  event("conversation.started", ConversationStarted),
  event("conversation.ended", ConversationEnded),
  event("message.created", MessageCreated),
  event("contact.identified", ContactIdentified),
  event("sync.finished", SyncFinished),
  event("conflict.queued", ConflictQueued),
  event("conflict.settled", ConflictSettled),
  event("webhook.test", WebhookTest),
]);
export type OutgoingEvent = z.infer<typeof OutgoingEvent>;
