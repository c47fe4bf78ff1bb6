import type { PageContext, VisitorAttributes } from "@rolodesk/shared/visitor";
import {
  CHAT_EVENTS,
  CONVERSATION_STATUSES,
  ENDED_BY,
  IDENTITY_STATES,
  MESSAGE_KINDS,
  VISITOR_FIELDS,
  type VisitorField,
} from "@rolodesk/shared/vocabulary";
import { sql } from "drizzle-orm";
import { boolean, check, index, integer, jsonb, pgTable, text, unique, uniqueIndex, uuid } from "drizzle-orm/pg-core";
import { user } from "./auth.ts";
import { createdAt, id, instant } from "./columns.ts";
import { contact } from "./contact.ts";
import { site } from "./site.ts";

/** Field → its value, and whether a signed token or an agent's word verified it. */
export type StatedValues = Partial<Record<VisitorField, { value: string; verified: boolean }>>;

/** A browser on a site. */
export const visitor = pgTable(
  "visitor",
  {
    id: id(),
    siteId: uuid("site_id")
      .notNull()
      .references(() => site.id),
    identity: text("identity", { enum: IDENTITY_STATES }).notNull().default("anonymous"),
    /** `sub` of the signed token; the same person on another browser is the same visitor. */
    subject: text("subject"),
    /** The person this visitor is known as; a claim gives the visitor no right to read it. */
    contactId: uuid("contact_id").references(() => contact.id),
    /** What this browser stated or its signed token said. Never anything from the contact or a CRM. */
    stated: jsonb("stated").$type<StatedValues>().notNull().default({}),
    attributes: jsonb("attributes").$type<VisitorAttributes>().notNull().default({}),
    page: jsonb("page").$type<PageContext>(),
    createdAt: createdAt(),
  },
  (t) => [
    uniqueIndex("visitor_subject").on(t.siteId, t.subject).where(sql`subject is not null`),
    index().on(t.contactId),
  ],
);

/** A visitor's bearer token, stored as its SHA-256. */
export const visitorSession = pgTable(
  "visitor_session",
  {
    id: id(),
    visitorId: uuid("visitor_id")
      .notNull()
      .references(() => visitor.id),
    tokenHash: text("token_hash").notNull().unique(),
    expiresAt: instant("expires_at").notNull(),
    /** Until then an expired token may still be exchanged for a new one. */
    renewUntil: instant("renew_until").notNull(),
    /** Set when it was renewed or revoked; it works a short while longer, so that a lost answer locks nobody out. */
    endedAt: instant("ended_at"),
    createdAt: createdAt(),
  },
  (t) => [index().on(t.visitorId)],
);

export const conversation = pgTable(
  "conversation",
  {
    id: id(),
    siteId: uuid("site_id")
      .notNull()
      .references(() => site.id),
    visitorId: uuid("visitor_id")
      .notNull()
      .references(() => visitor.id),
    contactId: uuid("contact_id").references(() => contact.id),
    status: text("status", { enum: CONVERSATION_STATUSES }).notNull().default("open"),
    endedBy: text("ended_by", { enum: ENDED_BY }),
    endedAt: instant("ended_at"),
    /** How often it ended; with the id it names the cause of a push. */
    closeCount: integer("close_count").notNull().default(0),
    assigneeId: text("assignee_id").references(() => user.id, { onDelete: "set null" }),
    lastSeq: integer("last_seq").notNull().default(0),
    lastMessageAt: instant("last_message_at").notNull().defaultNow(),
    readByVisitor: integer("read_by_visitor").notNull().default(0),
    readByAgents: integer("read_by_agents").notNull().default(0),
    page: jsonb("page").$type<PageContext>(),
    version: integer("version").notNull().default(1),
    createdAt: createdAt(),
  },
  (t) => [
    index().on(t.siteId, t.status, t.lastMessageAt),
    index().on(t.status, t.lastMessageAt, t.id),
    index().on(t.assigneeId, t.status, t.lastMessageAt),
    index().on(t.visitorId),
    index().on(t.contactId),
    uniqueIndex("conversation_one_open_per_visitor").on(t.visitorId).where(sql`status = 'open'`),
    check("conversation_ended", sql`(status = 'ended') = (ended_at is not null)`),
  ],
);

export const message = pgTable(
  "message",
  {
    id: id(),
    conversationId: uuid("conversation_id")
      .notNull()
      .references(() => conversation.id),
    seq: integer("seq").notNull(),
    clientId: uuid("client_id").notNull(),
    kind: text("kind", { enum: MESSAGE_KINDS }).notNull(),
    /** Of an event, what it tells; `text` says it in English. */
    event: text("event", { enum: CHAT_EVENTS }),
    authorId: text("author_id"),
    authorName: text("author_name"),
    text: text("text").notNull(),
    createdAt: createdAt(),
  },
  (t) => [
    unique().on(t.conversationId, t.seq),
    unique().on(t.conversationId, t.clientId),
    index("message_search").using("gin", sql`to_tsvector('simple', ${t.text})`),
  ],
);

/** A value learned in a conversation: field, value, where it was said and how sure it is. */
export const fact = pgTable(
  "fact",
  {
    id: id(),
    conversationId: uuid("conversation_id")
      .notNull()
      .references(() => conversation.id),
    field: text("field", { enum: VISITOR_FIELDS }).notNull(),
    value: text("value").notNull(),
    messageSeq: integer("message_seq"),
    verified: boolean("verified").notNull().default(false),
    source: text("source", { enum: ["card", "message", "signed", "agent"] }).notNull(),
    createdAt: createdAt(),
  },
  (t) => [index().on(t.conversationId, t.field)],
);
