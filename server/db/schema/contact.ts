import { CORE_FIELDS, type CoreField } from "@rolodesk/shared/vocabulary";
import { sql } from "drizzle-orm";
import { index, jsonb, pgTable, text, unique, uuid } from "drizzle-orm/pg-core";
import { createdAt, id, instant } from "./columns.ts";

/** Where a contact's value came from, and how sure it is: agent > verified > claimed. */
export interface ValueOrigin {
  sure: "agent" | "verified" | "claimed";
  /** ISO 8601 */
  at: string;
  conversationId: string | null;
}

export const CONTACT_VALUE_FIELDS = CORE_FIELDS;

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
    createdAt: createdAt(),
    updatedAt: instant("updated_at").notNull().defaultNow(),
  },
  (t) => [
    index("contact_search").using(
      "gin",
      sql`(coalesce(${t.firstName}, '') || ' ' || coalesce(${t.lastName}, '') || ' ' || coalesce(${t.email}, '') || ' ' || coalesce(${t.phone}, '') || ' ' || coalesce(${t.company}, '')) gin_trgm_ops`,
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
    source: text("source", { enum: ["visitor", "signed", "agent"] }).notNull(),
    conversationId: uuid("conversation_id"),
    verifiedAt: instant("verified_at"),
    createdAt: createdAt(),
  },
  (t) => [
    unique().on(t.contactId, t.kind, t.norm),
    index().on(t.kind, t.norm),
    index("contact_identity_search").using("gin", sql`${t.norm} gin_trgm_ops`),
  ],
);
