import type { AskFields } from "@rolodesk/shared/site";
import { integer, jsonb, pgTable, primaryKey, text, uuid } from "drizzle-orm/pg-core";
import { user } from "./auth.ts";
import { createdAt, id } from "./columns.ts";

export const site = pgTable("site", {
  id: id(),
  /** Public; names the site in the snippet. */
  key: text("key").notNull().unique(),
  name: text("name").notNull(),
  accent: text("accent").notNull(),
  greeting: text("greeting").notNull(),
  origins: text("origins").array().notNull(),
  defaultCountry: text("default_country"),
  ask: jsonb("ask").$type<AskFields>().notNull(),
  idleMinutes: integer("idle_minutes").notNull(),
  /** Secret for signed identities (HS256), encrypted with `site:<id>:identity` as associated data. */
  identitySecret: text("identity_secret"),
  createdAt: createdAt(),
});

/** Sites an agent serves; an agent without a row serves all. */
export const siteAgent = pgTable(
  "site_agent",
  {
    siteId: uuid("site_id")
      .notNull()
      .references(() => site.id, { onDelete: "cascade" }),
    userId: text("user_id")
      .notNull()
      .references(() => user.id, { onDelete: "cascade" }),
  },
  (t) => [primaryKey({ columns: [t.siteId, t.userId] })],
);
