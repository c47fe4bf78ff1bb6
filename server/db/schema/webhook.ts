import { WEBHOOK_EVENT_KINDS, WEBHOOK_EVENT_STATUSES, WEBHOOK_REFUSALS } from "@rolodesk/shared/vocabulary";
import { sql } from "drizzle-orm";
import { index, integer, pgTable, text, unique, uuid } from "drizzle-orm/pg-core";
import { createdAt, id, instant } from "./columns.ts";
import { connection } from "./connection.ts";

/** That a CRM told us of a record. Nothing of what it said about the person: the record is read again instead. */
export const webhookEvent = pgTable(
  "webhook_event",
  {
    id: id(),
    connectionId: uuid("connection_id")
      .notNull()
      .references(() => connection.id),
    /** The CRM's, as its module names it: a repeated delivery is the same event. */
    eventId: text("event_id").notNull(),
    kind: text("kind", { enum: WEBHOOK_EVENT_KINDS }).notNull(),
    object: text("object").notNull(),
    externalId: text("external_id").notNull(),
    status: text("status", { enum: WEBHOOK_EVENT_STATUSES }).notNull().default("waiting"),
    /** What came of it, or what keeps it waiting, in words. */
    outcome: text("outcome"),
    attempts: integer("attempts").notNull().default(0),
    createdAt: createdAt(),
    finishedAt: instant("finished_at"),
  },
  (t) => [
    unique().on(t.connectionId, t.eventId),
    index().on(t.connectionId, t.createdAt),
    index("webhook_event_waiting").on(t.connectionId, t.object, t.externalId).where(sql`status = 'waiting'`),
    index("webhook_event_finished").on(t.finishedAt),
  ],
);

/** The newest delivery to a connection that was refused, for the admin who sets the webhook up. */
export const webhookRefusal = pgTable("webhook_refusal", {
  connectionId: uuid("connection_id")
    .primaryKey()
    .references(() => connection.id),
  reason: text("reason", { enum: WEBHOOK_REFUSALS }).notNull(),
  /** All that were refused until then. */
  count: integer("count").notNull().default(1),
  at: instant("at").notNull(),
});
