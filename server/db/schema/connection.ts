import type { Transform } from "@rolodesk/shared/mapping-transform";
import {
  CONNECTION_ACCESS,
  CONNECTION_STATUSES,
  FIELD_POLICIES,
  ON_ERASE,
  PROVIDERS,
} from "@rolodesk/shared/vocabulary";
import { boolean, integer, jsonb, pgTable, primaryKey, text, unique, uuid } from "drizzle-orm/pg-core";
import type { FieldDescription } from "../../domain/connector.ts";
import { createdAt, id, instant } from "./columns.ts";
import { site } from "./site.ts";

/** One account in one CRM. */
export const connection = pgTable("connection", {
  id: id(),
  provider: text("provider", { enum: PROVIDERS }).notNull(),
  name: text("name").notNull(),
  status: text("status", { enum: CONNECTION_STATUSES }).notNull().default("active"),
  problem: text("problem"),
  access: text("access", { enum: CONNECTION_ACCESS }).notNull().default("key"),
  settings: jsonb("settings").$type<Record<string, string>>().notNull(),
  /** AES-256-GCM with `connection:<id>:credentials` as associated data. With access by `oauth`: the app's, not the account's. */
  credentials: text("credentials").notNull(),
  /** Made by us and entered in the CRM, which adds it to its webhooks; sealed like the credentials. */
  webhookSecret: text("webhook_secret"),
  /** The secret or key by which the CRM signs its webhooks; sealed like the credentials. */
  webhookSigning: text("webhook_signing"),
  credentialHints: jsonb("credential_hints").$type<Record<string, string>>().notNull(),
  /** The account behind it; reconnecting to another one is refused. */
  accountId: text("account_id").notNull(),
  accountName: text("account_name").notNull(),
  facts: jsonb("facts").$type<Record<string, unknown>>().notNull().default({}),
  verifiedOnly: boolean("verified_only").notNull().default(false),
  lookupOrder: text("lookup_order", { enum: ["email_first", "phone_first"] })
    .notNull()
    .default("email_first"),
  addTranscript: boolean("add_transcript").notNull().default(false),
  /** What happens to the record of a person who is erased here. */
  onErase: text("on_erase", { enum: ON_ERASE }).notNull().default("unlink"),
  /** No call before this moment: the CRM asked us to wait. */
  waitUntil: instant("wait_until"),
  /** Set when an admin removed it: its links and log stay, its credentials are gone. */
  removedAt: instant("removed_at"),
  version: integer("version").notNull().default(1),
  createdAt: createdAt(),
});

/** Sites a connection serves; one without a row serves all. */
export const connectionSite = pgTable(
  "connection_site",
  {
    connectionId: uuid("connection_id")
      .notNull()
      .references(() => connection.id),
    siteId: uuid("site_id")
      .notNull()
      .references(() => site.id, { onDelete: "cascade" }),
  },
  (t) => [primaryKey({ columns: [t.connectionId, t.siteId] })],
);

export const fieldMapping = pgTable(
  "field_mapping",
  {
    id: id(),
    connectionId: uuid("connection_id")
      .notNull()
      .references(() => connection.id),
    position: integer("position").notNull(),
    field: text("field").notNull(),
    object: text("object").notNull(),
    property: text("property").notNull(),
    policy: text("policy", { enum: FIELD_POLICIES }).notNull(),
    transform: jsonb("transform").$type<Transform>().notNull().default({ kind: "none" }),
    /** The CRM's field as it was when the row was saved, or first described: what a change of it is told by. */
    described: jsonb("described").$type<FieldDescription>(),
  },
  (t) => [unique().on(t.connectionId, t.object, t.property)],
);

/** A CRM object's fields as its metadata last told them: what a push checks its values against without a call. */
export const crmFieldCache = pgTable(
  "crm_field_cache",
  {
    connectionId: uuid("connection_id")
      .notNull()
      .references(() => connection.id),
    object: text("object").notNull(),
    fields: jsonb("fields").$type<FieldDescription[]>().notNull(),
    fetchedAt: instant("fetched_at").notNull(),
  },
  (t) => [primaryKey({ columns: [t.connectionId, t.object] })],
);
