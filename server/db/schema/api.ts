import type { ApiScope } from "@rolodesk/shared/vocabulary";
import { index, integer, pgTable, primaryKey, text, uuid } from "drizzle-orm/pg-core";
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

/** What was answered to a request with an `Idempotency-Key`, so that the same request is answered the same. */
export const idempotentRequest = pgTable(
  "idempotent_request",
  {
    /** A user or an API key, e.g. `key:<id>`. */
    actor: text("actor").notNull(),
    /** Method and path, ids filled in. */
    route: text("route").notNull(),
    key: text("key").notNull(),
    bodyHash: text("body_hash").notNull(),
    status: integer("status").notNull(),
    /** The body, encrypted with `idempotent:<actor>:<route>:<key>` as associated data: it may hold what is shown once. */
    answer: text("answer").notNull(),
    createdAt: instant("created_at").notNull(),
  },
  (t) => [primaryKey({ columns: [t.actor, t.route, t.key] }), index().on(t.createdAt)],
);
