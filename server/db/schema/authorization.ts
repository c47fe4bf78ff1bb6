import { PROVIDERS } from "@rolodesk/shared/vocabulary";
import { index, pgTable, text, uuid } from "drizzle-orm/pg-core";
import { createdAt, instant } from "./columns.ts";
import { connection } from "./connection.ts";

/** The tokens of an account that a person authorized in the vendor's own pages. */
export const connectionGrant = pgTable("connection_grant", {
  connectionId: uuid("connection_id")
    .primaryKey()
    .references(() => connection.id),
  /** AES-256-GCM with `connection:<id>:grant` as associated data. */
  tokens: text("tokens").notNull(),
  /** Of the access token. */
  expiresAt: instant("expires_at").notNull(),
  /** When the refresh token went out; null once what came for it is stored. Set and old: the answer was lost. */
  refreshSentAt: instant("refresh_sent_at"),
  createdAt: createdAt(),
});

/** An authorization under way: an admin is in the vendor's pages. Its row is taken away by the first who comes back with its state. */
export const pendingAuthorization = pgTable(
  "pending_authorization",
  {
    /** SHA-256 of the state, in base64url: who reads the database cannot come back in the admin's place. */
    stateHash: text("state_hash").primaryKey(),
    /** The signed-in session that began it, and alone may end it. */
    sessionId: text("session_id").notNull(),
    provider: text("provider", { enum: PROVIDERS }).notNull(),
    /** The connection that is authorized again; null for a new one. */
    connectionId: uuid("connection_id").references(() => connection.id),
    /** What was entered, with the PKCE verifier; AES-256-GCM with `authorization:<state_hash>` as associated data. */
    sealed: text("sealed").notNull(),
    expiresAt: instant("expires_at").notNull(),
    createdAt: createdAt(),
  },
  (t) => [index().on(t.expiresAt)],
);
