import { z } from "zod";
import { Id, Instant } from "./ids.ts";
import {
  CONVERSATION_STATUSES,
  PHONE_CALL_DIRECTIONS,
  PHONE_CALL_STATUSES,
  PROVIDERS,
  RUN_RESULTS,
  RUN_STATUSES,
  RUN_TRIGGERS,
  TIMELINE_KINDS,
} from "./vocabulary.ts";

const common = { id: z.string(), at: Instant };
const connection = z.object({ id: Id, name: z.string(), provider: z.enum(PROVIDERS) });

/** One thing that happened with a contact. */
export const TimelineEntry = z.discriminatedUnion("kind", [
  z.object({
    ...common,
    kind: z.literal("conversation"),
    conversationId: Id,
    siteName: z.string(),
    status: z.enum(CONVERSATION_STATUSES),
    assigneeName: z.string().nullable(),
    messages: z.number().int(),
  }),
  z.object({ ...common, kind: z.literal("note"), authorName: z.string(), text: z.string() }),
  /** A telephone call a CRM told of; null is "not told yet". */
  z.object({
    ...common,
    kind: z.literal("call"),
    callId: Id,
    connection,
    direction: z.enum(PHONE_CALL_DIRECTIONS).nullable(),
    status: z.enum(PHONE_CALL_STATUSES).nullable(),
    disposition: z.string().nullable(),
    durationSeconds: z.number().int().nullable(),
  }),
  z.object({
    ...common,
    kind: z.literal("sync"),
    runId: Id,
    connection,
    status: z.enum(RUN_STATUSES),
    result: z.enum(RUN_RESULTS).nullable(),
    trigger: z.enum(RUN_TRIGGERS),
    reason: z.string().nullable(),
  }),
  /** A record of a CRM that was brought in. `runId` is null of the import that made the contact. */
  z.object({
    ...common,
    kind: z.literal("import"),
    runId: Id.nullable(),
    connection,
    outcome: z.string(),
    reason: z.string(),
  }),
  /** A row of a file that was brought in. */
  z.object({
    ...common,
    kind: z.literal("file"),
    batchId: Id,
    fileName: z.string(),
    line: z.number().int(),
    made: z.boolean(),
  }),
  /** What somebody changed, merged or linked. */
  z.object({
    ...common,
    kind: z.literal("change"),
    action: z.string(),
    actorName: z.string().nullable(),
    object: z.object({ kind: z.string(), id: z.string() }),
    data: z.record(z.string(), z.unknown()),
  }),
]);
export type TimelineEntry = z.infer<typeof TimelineEntry>;

export const ListTimeline = z.strictObject({
  kind: z.enum(TIMELINE_KINDS).optional(),
  cursor: z.string().max(200).optional(),
  limit: z.coerce.number().int().min(1).max(100).default(30),
});
export type ListTimeline = z.infer<typeof ListTimeline>;

export const TimelinePage = z.object({ items: z.array(TimelineEntry), nextCursor: z.string().nullable() });
export type TimelinePage = z.infer<typeof TimelinePage>;
