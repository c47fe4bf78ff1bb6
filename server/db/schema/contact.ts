import { CONTACT_SOURCES, type ContactChannel, type CoreField, ENGAGEMENT_LEVELS } from "@rolodesk/shared/vocabulary";
import { sql } from "drizzle-orm";
import { type AnyPgColumn, index, jsonb, pgTable, text, unique, uuid } from "drizzle-orm/pg-core";
import { createdAt, id, instant } from "./columns.ts";

/** Where a contact's value came from, and how sure it is: agent > verified > recorded (in a CRM or a file) > claimed. */
export interface ValueOrigin {
  sure: "agent" | "verified" | "recorded" | "claimed";
  /** ISO 8601 */
  at: string;
  conversationId: string | null;
}

/** Our record of a person, of the whole organisation. */
export const contact = pgTable(
  "contact",
  {
    id: id(),
    firstName: text("first_name"),
    lastName: text("last_name"),
    /** The address to write to; every known one is in `contact_identity`. */
    email: text("email"),
    /** E.164, with `;ext=` where there is an extension. */
    phone: text("phone"),
    company: text("company"),
    title: text("title"),
    attributes: jsonb("attributes").$type<Record<string, string | number | boolean | null>>().notNull().default({}),
    origins: jsonb("origins").$type<Partial<Record<CoreField, ValueOrigin>>>().notNull().default({}),
    tags: text("tags").array().notNull().default([]),
    /** Channels the person must not be written to by; an import only ever adds to it. */
    doNotContact: text("do_not_contact").array().$type<ContactChannel[]>().notNull().default([]),
    source: text("source", { enum: CONTACT_SOURCES }).notNull().default("chat"),
    /** What brought the contact, in words: a file's name, a connection's. */
    sourceDetail: text("source_detail"),
    engagement: text("engagement", { enum: ENGAGEMENT_LEVELS }).notNull().default("new"),
    nextFollowUpAt: instant("next_follow_up_at"),
    /** Set when this contact was merged away: hidden, its id stands for the other's. Never points to a merged one. */
    mergedIntoId: uuid("merged_into_id").references((): AnyPgColumn => contact.id),
    /** Set when the person was erased: nothing of them is left but this row. */
    erasedAt: instant("erased_at"),
    lastActivityAt: instant("last_activity_at").notNull().defaultNow(),
    createdAt: createdAt(),
    updatedAt: instant("updated_at").notNull().defaultNow(),
  },
  (t) => [
    index().on(t.mergedIntoId),
    index("contact_hidden").on(t.id).where(sql`merged_into_id is not null or erased_at is not null`),
    index("contact_recent").on(t.lastActivityAt, t.id).where(sql`merged_into_id is null and erased_at is null`),
    index("contact_tags").using("gin", t.tags),
    index("contact_alike")
      .on(sql`lower(left(${t.company}, 4))`, sql`lower(left(${t.lastName}, 2))`)
      .where(sql`merged_into_id is null and erased_at is null and company is not null and last_name is not null`),
    // one column a field: trigrams of different fields together fit words that none of them holds
    index("contact_words").using(
      "gin",
      t.firstName.op("gin_trgm_ops"),
      t.lastName.op("gin_trgm_ops"),
      t.company.op("gin_trgm_ops"),
      t.email.op("gin_trgm_ops"),
    ),
  ],
);

/** A key a contact can be found by. The same key may belong to several contacts (a family's phone). */
export const contactIdentity = pgTable(
  "contact_identity",
  {
    id: id(),
    contactId: uuid("contact_id")
      .notNull()
      .references(() => contact.id),
    kind: text("kind", { enum: ["email", "phone"] }).notNull(),
    /** Normal form: the key it is compared by. */
    norm: text("norm").notNull(),
    /** As it was written. */
    value: text("value").notNull(),
    source: text("source", { enum: ["visitor", "signed", "agent", "file", "crm", "call"] }).notNull(),
    conversationId: uuid("conversation_id"),
    verifiedAt: instant("verified_at"),
    createdAt: createdAt(),
  },
  (t) => [
    unique().on(t.contactId, t.kind, t.norm),
    // with whose it is, so that asking who has a key reads nothing else
    index().on(t.kind, t.norm, t.contactId),
    index("contact_identity_search").using("gin", sql`${t.norm} gin_trgm_ops`),
  ],
);
