import { index, pgTable, primaryKey, text, uuid } from "drizzle-orm/pg-core";
import { createdAt, instant } from "./columns.ts";
import { connection } from "./connection.ts";
import { visitor } from "./conversation.ts";

/** The record a CRM itself says a visitor is: a store names its signed-in customer. */
export const vouchedRecord = pgTable(
  "vouched_record",
  {
    visitorId: uuid("visitor_id")
      .notNull()
      .references(() => visitor.id, { onDelete: "cascade" }),
    connectionId: uuid("connection_id")
      .notNull()
      .references(() => connection.id),
    object: text("object").notNull(),
    externalId: text("external_id").notNull(),
    createdAt: createdAt(),
  },
  (t) => [primaryKey({ columns: [t.visitorId, t.connectionId] })],
);

/** Tokens that count once. Kept, as SHA-256, until they expire. */
export const spentToken = pgTable(
  "spent_token",
  {
    hash: text("hash").primaryKey(),
    /** SHA-256 of the session's token it was handed in with: whoever repeats a request whose answer was lost has the same. */
    sessionHash: text("session_hash"),
    expiresAt: instant("expires_at").notNull(),
    createdAt: createdAt(),
  },
  (t) => [index().on(t.expiresAt)],
);
