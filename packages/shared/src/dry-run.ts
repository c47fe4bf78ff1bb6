import { z } from "zod";
import { Id, Instant } from "./ids.ts";
import { FieldChange } from "./sync-log.ts";
import { Candidate } from "./sync-run.ts";
import { EMAIL_MAX_CHARS, NAME_MAX_CHARS, PHONE_MAX_CHARS, PROVIDERS } from "./vocabulary.ts";

/** Somebody who may never have chatted, as they would name themselves in the widget. Left empty: not said. */
export const TypedPerson = z.strictObject({
  firstName: z.string().trim().max(NAME_MAX_CHARS).default(""),
  lastName: z.string().trim().max(NAME_MAX_CHARS).default(""),
  email: z.string().trim().max(EMAIL_MAX_CHARS).default(""),
  phone: z.string().trim().max(PHONE_MAX_CHARS).default(""),
  /** What the website would set of the visitor, by name. */
  attributes: z
    .record(z.string().regex(/^[A-Za-z][\w.-]{0,63}$/, "A name begins with a letter."), z.string().trim().max(500))
    .default({})
    .refine((attributes) => Object.keys(attributes).length <= 50, "At most 50 attributes."),
});
export type TypedPerson = z.infer<typeof TypedPerson>;

/**
 * Whose push is tried out: one of our contacts (as a push of that conversation, or of the latest one, would do now), or a
 * person who says this of themselves on a site.
 */
export const DryRunInput = z.union([
  z.strictObject({ contactId: Id, conversationId: Id.optional() }),
  z.strictObject({ person: TypedPerson, siteId: Id }),
]);
export type DryRunInput = z.infer<typeof DryRunInput>;

/** `update`: the record was found; whether anything would be written to it say `writes` and `conflicts`. */
const DRY_RUN_KINDS = ["update", "create", "choose", "leave", "problem"] as const;

/** What a push would do in one CRM. Nothing of it was done. */
export const DryRunOutcome = z.object({
  connection: z.object({ id: Id, provider: z.enum(PROVIDERS), providerName: z.string(), name: z.string() }),
  kind: z.enum(DRY_RUN_KINDS),
  /** How the record was found, why one would be created, or why nothing would be written, in words. */
  reason: z.string(),
  suggestion: z.string().nullable(),
  record: Candidate.omit({ reason: true, linkedContactId: true }).nullable(),
  candidates: z.array(Candidate),
  fields: z.array(FieldChange),
  /** Values that would be written. */
  writes: z.number().int(),
  /** Fields an agent would be asked about. */
  conflicts: z.number().int(),
  /** Calls it took, all of them reads. */
  calls: z.number().int(),
});
export type DryRunOutcome = z.infer<typeof DryRunOutcome>;

export const DryRun = z.object({
  person: z.object({
    /** Our contact it is; null when no contact has these keys yet. */
    contactId: Id.nullable(),
    name: z.string().nullable(),
    email: z.string().nullable(),
    phone: z.string().nullable(),
    verified: z.boolean(),
  }),
  outcomes: z.array(DryRunOutcome),
});
export type DryRun = z.infer<typeof DryRun>;

export const ContactSearch = z.strictObject({ search: z.string().trim().max(200).default("") });

/** A contact in a list to choose from. */
export const ContactChoice = z.object({
  id: Id,
  name: z.string().nullable(),
  email: z.string().nullable(),
  phone: z.string().nullable(),
  updatedAt: Instant,
});
export type ContactChoice = z.infer<typeof ContactChoice>;

export const ContactChoices = z.object({ contacts: z.array(ContactChoice) });
export type ContactChoices = z.infer<typeof ContactChoices>;
