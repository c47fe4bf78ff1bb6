import { z } from "zod";
import { Id, Instant } from "./ids.ts";
import {
  CALL_SUMMARY_STATUSES,
  DISPOSITION_MAX_CHARS,
  DISPOSITION_SOURCES,
  ENGAGEMENT_LEVELS,
  PHONE_CALL_DIRECTIONS,
  PHONE_CALL_STATUSES,
  PROVIDERS,
} from "./vocabulary.ts";

/** A telephone call a CRM told of. Null is "not told yet". */
export const PhoneCall = z.object({
  id: Id,
  connection: z.object({ id: Id, name: z.string(), provider: z.enum(PROVIDERS), providerName: z.string() }),
  /** Null while nobody of ours is known by its record or number. */
  contactId: Id.nullable(),
  direction: z.enum(PHONE_CALL_DIRECTIONS).nullable(),
  /** The person's number, as it was told. */
  phone: z.string().nullable(),
  status: z.enum(PHONE_CALL_STATUSES).nullable(),
  pickedUp: z.boolean(),
  /** When the call began; when it was first told of where nobody said. */
  at: Instant,
  durationSeconds: z.number().int().nullable(),
  /** How it ended, in lower case, who says so, and the person's name where one did. */
  disposition: z
    .object({ value: z.string(), source: z.enum(DISPOSITION_SOURCES), by: z.string().nullable() })
    .nullable(),
  engagement: z.enum(ENGAGEMENT_LEVELS).nullable(),
  nextFollowUpAt: Instant.nullable(),
  /** A language model's words for the transcript. */
  summary: z.object({
    status: z.enum(CALL_SUMMARY_STATUSES),
    text: z.string().nullable(),
    model: z.string().nullable(),
    problem: z.string().nullable(),
  }),
  hasTranscript: z.boolean(),
  recordingUrl: z.string().nullable(),
  version: z.number().int(),
});
export type PhoneCall = z.infer<typeof PhoneCall>;

export const PhoneCallDetail = PhoneCall.extend({ transcript: z.string().nullable() });
export type PhoneCallDetail = z.infer<typeof PhoneCallDetail>;

export const PhoneCallPage = z.object({ items: z.array(PhoneCall), nextCursor: z.string().nullable() });
export type PhoneCallPage = z.infer<typeof PhoneCallPage>;

export const ListContactPhoneCalls = z.strictObject({
  cursor: z.string().max(200).optional(),
  limit: z.coerce.number().int().min(1).max(100).default(20),
});
export type ListContactPhoneCalls = z.infer<typeof ListContactPhoneCalls>;

export const ListPhoneCalls = ListContactPhoneCalls.extend({
  connection: Id.optional(),
  /** `no`: of nobody we know. */
  linked: z.enum(["yes", "no"]).optional(),
});
export type ListPhoneCalls = z.infer<typeof ListPhoneCalls>;

/** How it ended, or whose it was. */
export const PhoneCallChange = z.union([
  z.strictObject({ disposition: z.string().trim().min(1).max(DISPOSITION_MAX_CHARS) }),
  z.strictObject({ contactId: Id }),
]);
export type PhoneCallChange = z.infer<typeof PhoneCallChange>;
