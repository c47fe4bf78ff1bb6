import type { ContactFilter } from "@rolodesk/shared/contact";
import { index, jsonb, pgTable, text, unique, uuid } from "drizzle-orm/pg-core";
import { user } from "./auth.ts";
import { createdAt, id } from "./columns.ts";
import { contact } from "./contact.ts";

/** What somebody here wrote down about a person. */
export const contactNote = pgTable(
  "contact_note",
  {
    id: id(),
    contactId: uuid("contact_id")
      .notNull()
      .references(() => contact.id),
    authorId: text("author_id").references(() => user.id, { onDelete: "set null" }),
    authorName: text("author_name").notNull(),
    text: text("text").notNull(),
    createdAt: createdAt(),
  },
  (t) => [index().on(t.contactId, t.createdAt, t.id)],
);

/** A search of the directory under a name, of one user. */
export const contactView = pgTable(
  "contact_view",
  {
    id: id(),
    userId: text("user_id")
      .notNull()
      .references(() => user.id, { onDelete: "cascade" }),
    name: text("name").notNull(),
    filter: jsonb("filter").$type<ContactFilter>().notNull(),
    createdAt: createdAt(),
  },
  (t) => [unique().on(t.userId, t.name)],
);
