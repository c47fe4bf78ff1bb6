import type { ApiScope } from "@rolodesk/shared/vocabulary";
import { pgTable, text, uuid } from "drizzle-orm/pg-core";
import { user } from "./auth.ts";
import { createdAt, id, instant } from "./columns.ts";

/** Keys with which programs use the API in the name of who made them. Of the key itself only a hash is kept. */
export const apiKey = pgTable("api_key", {
  id: id(),
  name: text("name").notNull(),
  prefix: text("prefix").notNull(),
  hash: text("hash").notNull().unique(),
  scopes: text("scopes").array().$type<ApiScope[]>().notNull(),
  /** null: every site its maker serves. */
  siteIds: uuid("site_ids").array(),
  createdBy: text("created_by")
    .notNull()
    .references(() => user.id, { onDelete: "cascade" }),
  createdAt: createdAt(),
  lastUsedAt: instant("last_used_at"),
  expiresAt: instant("expires_at"),
  revokedAt: instant("revoked_at"),
});
