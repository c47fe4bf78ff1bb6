import { z } from "zod";
import { Id, Instant } from "./ids.ts";
import { Message } from "./message.ts";
import { PageContext, VisitorAttributes } from "./visitor.ts";
import {
  CONTACT_CHANNELS,
  CONVERSATION_STATUSES,
  ENDED_BY,
  IDENTITY_STATES,
  MATCHED_BY,
  RUN_RESULTS,
} from "./vocabulary.ts";

/** What a visitor sees of a conversation. */
export const VisitorConversation = z.object({
  id: Id,
  status: z.enum(CONVERSATION_STATUSES),
  endedBy: z.enum(ENDED_BY).nullable(),
  lastSeq: z.number().int(),
  /** Last seq each side has read. */
  readByVisitor: z.number().int(),
  readByAgents: z.number().int(),
  /** Fields this visitor has stated in it; the card does not ask for them again. */
  statedFields: z.array(z.string()),
});
export type VisitorConversation = z.infer<typeof VisitorConversation>;

export const INBOX_VIEWS = ["mine", "unassigned", "all"] as const;

export const ListConversations = z.strictObject({
  view: z.enum(INBOX_VIEWS).default("all"),
  status: z.enum(CONVERSATION_STATUSES).default("open"),
  /** Matches names, emails, phones and message text. */
  search: z.string().trim().max(200).optional(),
  cursor: z.string().max(200).optional(),
  limit: z.coerce.number().int().min(1).max(100).default(50),
});
export type ListConversations = z.infer<typeof ListConversations>;

export const PersonLabel = z.object({
  contactId: Id.nullable(),
  /** Name, else email, else phone, else "Visitor 3f2a". */
  label: z.string(),
  identity: z.enum(IDENTITY_STATES),
});

export const ConversationSummary = z.object({
  id: Id,
  siteName: z.string(),
  person: PersonLabel,
  status: z.enum(CONVERSATION_STATUSES),
  assigneeId: z.string().nullable(),
  assigneeName: z.string().nullable(),
  preview: z.string(),
  previewKind: Message.shape.kind.nullable(),
  lastMessageAt: Instant,
  unread: z.number().int(),
  pendingConflicts: z.number().int(),
  /** The most notable result of its latest push; null before the first. */
  syncResult: z.enum(RUN_RESULTS).nullable(),
  version: z.number().int(),
});
export type ConversationSummary = z.infer<typeof ConversationSummary>;

export const ConversationPage = z.object({
  items: z.array(ConversationSummary),
  nextCursor: z.string().nullable(),
  counts: z.object({ mine: z.number().int(), unassigned: z.number().int(), all: z.number().int() }),
});
export type ConversationPage = z.infer<typeof ConversationPage>;

const IdentityValue = z.object({
  kind: z.enum(["email", "phone"]),
  value: z.string(),
  /** Set when a signed token or an agent's word verified it. */
  verifiedAt: Instant.nullable(),
  source: z.string(),
});

export const ContactCard = z.object({
  id: Id.nullable(),
  firstName: z.string().nullable(),
  lastName: z.string().nullable(),
  company: z.string().nullable(),
  title: z.string().nullable(),
  identities: z.array(IdentityValue),
  /** Ways in which this person must not be written to. */
  doNotContact: z.array(z.enum(CONTACT_CHANNELS)),
  /** CRMs this contact is linked in. */
  links: z.array(z.object({ connectionId: Id, matchedBy: z.enum(MATCHED_BY) })),
  previousConversations: z.array(
    z.object({ id: Id, startedAt: Instant, status: z.enum(CONVERSATION_STATUSES), preview: z.string() }),
  ),
});
export type ContactCard = z.infer<typeof ContactCard>;

export const ConversationDetail = ConversationSummary.extend({
  startedAt: Instant,
  endedAt: Instant.nullable(),
  endedBy: z.enum(ENDED_BY).nullable(),
  lastSeq: z.number().int(),
  readByVisitor: z.number().int(),
  readByAgents: z.number().int(),
  visitorOnline: z.boolean(),
  page: PageContext.nullable(),
  attributes: VisitorAttributes,
  contact: ContactCard,
});
export type ConversationDetail = z.infer<typeof ConversationDetail>;

export const MessagePage = z.object({ messages: z.array(Message), hasMore: z.boolean() });
export type MessagePage = z.infer<typeof MessagePage>;

export const ListMessages = z.strictObject({
  /** Messages after this seq, oldest first; or before it, newest last. Without either: the latest page. */
  after: z.coerce.number().int().min(0).optional(),
  before: z.coerce.number().int().min(1).optional(),
  limit: z.coerce.number().int().min(1).max(200).default(50),
});
export type ListMessages = z.infer<typeof ListMessages>;

export const ReadUpTo = z.strictObject({ seq: z.number().int().min(0) });
export type ReadUpTo = z.infer<typeof ReadUpTo>;

/** null: nobody's. */
export const Assignment = z.strictObject({ userId: z.string().max(64).nullable() });
export type Assignment = z.infer<typeof Assignment>;
