import { z } from "zod";
import { Id, Instant } from "./ids.ts";
import {
  CONNECTION_STATUSES,
  CONTACT_CHANNELS,
  CONTACT_SOURCES,
  EMAIL_MAX_CHARS,
  ENGAGEMENT_LEVELS,
  MATCHED_BY,
  NAME_MAX_CHARS,
  PHONE_MAX_CHARS,
  PROVIDERS,
} from "./vocabulary.ts";

const TAG_MAX_CHARS = 60;
/** Tags one contact may have. */
export const TAGS_MAX = 50;
/** Contacts one request may name, or tag by a filter. */
const CONTACTS_NAMED_MAX = 500;
export const CONTACTS_TAGGED_MAX = 10_000;

/** Lower case, single spaces: two spellings are one tag. */
const ContactTag = z
  .string()
  .transform((text) => text.normalize("NFC").replace(/\s+/g, " ").trim().toLowerCase())
  .pipe(z.string().min(1).max(TAG_MAX_CHARS));

/** `linked`: in some CRM. `conflict`: values wait for somebody to decide. */
export const LINK_STATES = ["linked", "unlinked", "conflict"] as const;
export const DO_NOT_CONTACT_STATES = ["any", "none"] as const;

const filterShape = {
  /** Part of a name, a company or an email address; a phone number in any spelling. Every word must be found. */
  search: z.string().trim().max(200).optional(),
  tag: ContactTag.optional(),
  link: z.enum(LINK_STATES).optional(),
  /** Linked in this connection. */
  connection: Id.optional(),
  doNotContact: z.enum(DO_NOT_CONTACT_STATES).optional(),
  source: z.enum(CONTACT_SOURCES).optional(),
  /** Something happened within so many days. */
  activeDays: z.coerce.number().int().min(1).max(3650).optional(),
  /** Nothing happened for so many days. */
  silentDays: z.coerce.number().int().min(1).max(3650).optional(),
};

export const ContactFilter = z.strictObject(filterShape);
export type ContactFilter = z.infer<typeof ContactFilter>;

export const ListContacts = z.strictObject({
  ...filterShape,
  cursor: z.string().max(200).optional(),
  limit: z.coerce.number().int().min(1).max(100).default(50),
});
export type ListContacts = z.infer<typeof ListContacts>;

export const ContactSummary = z.object({
  id: Id,
  /** Name, else email, else phone, else company. */
  label: z.string(),
  email: z.string().nullable(),
  phone: z.string().nullable(),
  company: z.string().nullable(),
  title: z.string().nullable(),
  tags: z.array(z.string()),
  doNotContact: z.array(z.enum(CONTACT_CHANNELS)),
  source: z.enum(CONTACT_SOURCES),
  engagement: z.enum(ENGAGEMENT_LEVELS),
  /** CRMs it is linked in. */
  linkedIn: z.array(z.enum(PROVIDERS)),
  pendingConflicts: z.number().int(),
  lastActivityAt: Instant,
});
export type ContactSummary = z.infer<typeof ContactSummary>;

export const ContactPage = z.object({ items: z.array(ContactSummary), nextCursor: z.string().nullable() });
export type ContactPage = z.infer<typeof ContactPage>;

/** Tags in use, the most used first. */
export const ContactTags = z.object({ tags: z.array(z.object({ tag: z.string(), contacts: z.number().int() })) });
export type ContactTags = z.infer<typeof ContactTags>;

const ContactAttributes = z.record(z.string(), z.union([z.string(), z.number(), z.boolean(), z.null()]));

const ContactIdentity = z.object({
  id: Id,
  kind: z.enum(["email", "phone"]),
  value: z.string(),
  /** The one to write to. */
  main: z.boolean(),
  /** Set when a signed token or an agent's word verified it. */
  verifiedAt: Instant.nullable(),
  source: z.enum(["visitor", "signed", "agent", "file", "crm", "call"]),
  since: Instant,
});

export const ContactLink = z.object({
  id: Id,
  connection: z.object({
    id: Id,
    name: z.string(),
    provider: z.enum(PROVIDERS),
    status: z.enum(CONNECTION_STATUSES),
  }),
  object: z.string(),
  externalId: z.string(),
  url: z.string().nullable(),
  state: z.enum(["live", "closed"]),
  closedReason: z.string().nullable(),
  matchedBy: z.enum(MATCHED_BY),
  matchedReason: z.string(),
  lastSyncedAt: Instant,
  pendingConflicts: z.number().int(),
});
export type ContactLink = z.infer<typeof ContactLink>;

/** `id` is that of the contact that stands for the person today; it differs from the one asked for after a merge. */
export const ContactDetail = z.object({
  id: Id,
  label: z.string(),
  firstName: z.string().nullable(),
  lastName: z.string().nullable(),
  email: z.string().nullable(),
  phone: z.string().nullable(),
  company: z.string().nullable(),
  title: z.string().nullable(),
  attributes: ContactAttributes,
  tags: z.array(z.string()),
  doNotContact: z.array(z.enum(CONTACT_CHANNELS)),
  source: z.enum(CONTACT_SOURCES),
  sourceDetail: z.string().nullable(),
  engagement: z.enum(ENGAGEMENT_LEVELS),
  nextFollowUpAt: Instant.nullable(),
  identities: z.array(ContactIdentity),
  links: z.array(ContactLink),
  createdAt: Instant,
  updatedAt: Instant,
  lastActivityAt: Instant,
});
export type ContactDetail = z.infer<typeof ContactDetail>;

const text = (max: number) => z.string().trim().min(1).max(max);
const values = {
  firstName: text(NAME_MAX_CHARS).nullable(),
  lastName: text(NAME_MAX_CHARS).nullable(),
  email: text(EMAIL_MAX_CHARS).nullable(),
  phone: text(PHONE_MAX_CHARS).nullable(),
  company: text(200).nullable(),
  title: text(200).nullable(),
};
const attributeKey = z
  .string()
  .min(1)
  .max(64)
  .regex(/^[A-Za-z][\w.-]*$/, "Begin with a letter; letters, digits, dots, hyphens and underscores may follow.");

/** What is left out stays; null empties. An attribute that is null is removed. */
export const ChangeContact = z.strictObject({
  ...z.object(values).partial().shape,
  attributes: z
    .record(attributeKey, z.union([z.string().trim().max(500), z.number(), z.boolean(), z.null()]))
    .optional(),
  tags: z.array(ContactTag).max(TAGS_MAX).optional(),
  doNotContact: z.array(z.enum(CONTACT_CHANNELS)).max(CONTACT_CHANNELS.length).optional(),
  engagement: z.enum(ENGAGEMENT_LEVELS).optional(),
  nextFollowUpAt: Instant.nullable().optional(),
  /** ISO 3166 code of the country of a phone number written without one. */
  country: z.string().length(2).optional(),
});
export type ChangeContact = z.infer<typeof ChangeContact>;

/** At least one of name, company, email and phone. */
export const CreateContact = z
  .strictObject({
    ...z.object(values).partial().shape,
    tags: z.array(ContactTag).max(TAGS_MAX).optional(),
    doNotContact: z.array(z.enum(CONTACT_CHANNELS)).max(CONTACT_CHANNELS.length).optional(),
    country: z.string().length(2).optional(),
    /** Adds it although somebody with this email or phone is there already. */
    evenIfSimilar: z.boolean().default(false),
  })
  .refine(
    (given) => [given.firstName, given.lastName, given.company, given.email, given.phone].some(Boolean),
    "Give a name, a company, an email or a phone number.",
  );
export type CreateContact = z.infer<typeof CreateContact>;

export const FindSimilar = z.strictObject({
  email: z.string().trim().max(EMAIL_MAX_CHARS).optional(),
  phone: z.string().trim().max(PHONE_MAX_CHARS).optional(),
  country: z.string().length(2).optional(),
});
export type FindSimilar = z.infer<typeof FindSimilar>;

export const SimilarContacts = z.object({
  items: z.array(ContactSummary.extend({ matchedBy: z.array(z.enum(["email", "phone"])) })),
});
export type SimilarContacts = z.infer<typeof SimilarContacts>;

export const TagContacts = z.strictObject({
  contacts: z.discriminatedUnion("kind", [
    z.strictObject({ kind: z.literal("ids"), ids: z.array(Id).min(1).max(CONTACTS_NAMED_MAX) }),
    z.strictObject({ kind: z.literal("filter"), filter: ContactFilter }),
  ]),
  add: z.array(ContactTag).max(10).default([]),
  remove: z.array(ContactTag).max(10).default([]),
});
export type TagContacts = z.input<typeof TagContacts>;

/** How many contacts have other tags than before. */
export const TaggedContacts = z.object({ changed: z.number().int() });
export type TaggedContacts = z.infer<typeof TaggedContacts>;

export const WriteContactNote = z.strictObject({ text: text(4000) });
export type WriteContactNote = z.infer<typeof WriteContactNote>;

export const ContactView = z.object({ id: Id, name: z.string(), filter: ContactFilter });
export type ContactView = z.infer<typeof ContactView>;
export const ContactViews = z.object({ views: z.array(ContactView) });
export type ContactViews = z.infer<typeof ContactViews>;
export const SaveContactView = z.strictObject({ name: text(60), filter: ContactFilter });
export type SaveContactView = z.infer<typeof SaveContactView>;
