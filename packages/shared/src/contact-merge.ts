import { z } from "zod";
import { Id, Instant } from "./ids.ts";
import { CONTACT_CHANNELS, CONTACT_SOURCES, CORE_FIELDS } from "./vocabulary.ts";

/** Contacts that are merged, or compared, at once. */
export const MERGE_MAX_CONTACTS = 10;

/** One of several contacts that may be one person. */
export const MergeCandidate = z.object({
  id: Id,
  /** By field; null where nothing is known. */
  values: z.record(z.enum(CORE_FIELDS), z.string().nullable()),
  emails: z.array(z.string()),
  phones: z.array(z.string()),
  attributes: z.record(z.string(), z.union([z.string(), z.number(), z.boolean(), z.null()])),
  tags: z.array(z.string()),
  doNotContact: z.array(z.enum(CONTACT_CHANNELS)),
  source: z.enum(CONTACT_SOURCES),
  createdAt: Instant,
  lastActivityAt: Instant,
});
export type MergeCandidate = z.infer<typeof MergeCandidate>;

const DUPLICATE_KINDS = ["keys", "names"] as const;

export const ListDuplicates = z.strictObject({
  /** `keys`: by a shared email or phone. `names`: suggestions by name and company. */
  by: z.enum(DUPLICATE_KINDS).default("keys"),
  cursor: z.string().max(400).optional(),
  limit: z.coerce.number().int().min(1).max(50).default(25),
});
export type ListDuplicates = z.infer<typeof ListDuplicates>;

export const DuplicateGroup = z.object({
  /** What they have in common, e.g. an email. */
  why: z.array(z.object({ kind: z.enum(["email", "phone", "name"]), value: z.string() })),
  /** 0 to 1, of a suggestion. */
  score: z.number().nullable(),
  contacts: z.array(MergeCandidate),
});
export type DuplicateGroup = z.infer<typeof DuplicateGroup>;

export const DuplicatePage = z.object({ items: z.array(DuplicateGroup), nextCursor: z.string().nullable() });
export type DuplicatePage = z.infer<typeof DuplicatePage>;

const Ids = z.array(Id).min(2, "Name two contacts at least.").max(MERGE_MAX_CONTACTS);

export const DismissDuplicates = z.strictObject({ contactIds: Ids });
export type DismissDuplicates = z.infer<typeof DismissDuplicates>;

export const PreviewMerge = z.strictObject({
  /** The contact that stays. */
  masterId: Id,
  /** The others, by comma. */
  otherIds: z.string().max(40 * MERGE_MAX_CONTACTS),
});
export type PreviewMerge = z.infer<typeof PreviewMerge>;

const Counted = z.object({ what: z.string(), count: z.number().int() });

export const MergePreview = z.object({
  master: MergeCandidate,
  others: z.array(
    z.object({
      contact: MergeCandidate,
      /** What becomes the master's. */
      moves: z.array(Counted),
      /** Records of connections in which the master has one of its own: they stay in the CRM, no longer written to. */
      closes: z.array(z.object({ connection: z.string(), externalId: z.string() })),
    }),
  ),
});
export type MergePreview = z.infer<typeof MergePreview>;

export const MergeContacts = z.strictObject({
  /** The contact that stays. */
  masterId: Id,
  /** Those that go into it. Their ids stand for the master's from then on. */
  otherIds: z
    .array(Id)
    .min(1)
    .max(MERGE_MAX_CONTACTS - 1),
  /** Field → the contact whose value is kept, be it blank. What is not named: the master's, or else the first that is not blank. */
  values: z.partialRecord(z.enum(CORE_FIELDS), Id).default({}),
});
export type MergeContacts = z.infer<typeof MergeContacts>;

export const Merged = z.object({ contactId: Id, mergeIds: z.array(Id) });
export type Merged = z.infer<typeof Merged>;

export const ListMerges = z.strictObject({
  contactId: Id.optional(),
  cursor: Id.optional(),
  limit: z.coerce.number().int().min(1).max(100).default(50),
});
export type ListMerges = z.infer<typeof ListMerges>;

const Stayed = z.object({ what: z.string(), count: z.number().int(), why: z.string() });

export const Merge = z.object({
  id: Id,
  at: Instant,
  by: z.string(),
  survivor: z.object({ id: Id, label: z.string() }),
  merged: z.object({ id: Id, label: z.string() }),
  moved: z.array(Counted),
  undoneAt: Instant.nullable(),
  undoneBy: z.string().nullable(),
  /** What the undoing left with the survivor; null while it is not undone. */
  stayed: z.array(Stayed).nullable(),
});
export type Merge = z.infer<typeof Merge>;

export const MergePage = z.object({ items: z.array(Merge), nextCursor: Id.nullable() });
export type MergePage = z.infer<typeof MergePage>;

export const UnmergePreview = z.object({
  merge: Merge,
  returns: z.array(Counted),
  stays: z.array(Stayed),
  /** Why it cannot be undone now; null when it can. */
  obstacle: z.string().nullable(),
});
export type UnmergePreview = z.infer<typeof UnmergePreview>;
