import { DELIVERY_STATUSES, ENDPOINT_STATES, type OutgoingEventType } from "@rolodesk/shared/vocabulary";
import { sql } from "drizzle-orm";
import { index, integer, pgTable, text, uuid } from "drizzle-orm/pg-core";
import { createdAt, id, instant } from "./columns.ts";

/** Where we tell of what happens here. */
export const webhookEndpoint = pgTable("webhook_endpoint", {
  id: id(),
  name: text("name").notNull(),
  url: text("url").notNull(),
  events: text("events").array().$type<OutgoingEventType[]>().notNull(),
  /** null: every site, also later ones. */
  siteIds: uuid("site_ids").array(),
  state: text("state", { enum: ENDPOINT_STATES }).notNull().default("active"),
  /** Encrypted with `endpoint:<id>:secret` as associated data. */
  secret: text("secret").notNull(),
  /** The one before the last rotation; deliveries carry its signature too until `formerUntil`. */
  formerSecret: text("former_secret"),
  formerUntil: instant("former_until"),
  /** The first failure since anything was taken; null while it takes what it is sent. */
  failingSince: instant("failing_since"),
  /** Failures in a row. */
  failures: integer("failures").notNull().default(0),
  /** No delivery is sent before this. */
  waitUntil: instant("wait_until"),
  /** Why it failed last, in words. */
  problem: text("problem"),
  version: integer("version").notNull().default(1),
  createdAt: createdAt(),
});

/** Something that happened, as receivers are told it. Written in the transaction that made it true. */
export const outgoingEvent = pgTable(
  "outgoing_event",
  {
    /** Travels as `webhook-id`, the same in every try. */
    id: id(),
    type: text("type").$type<OutgoingEventType | "webhook.test">().notNull(),
    /** Whom it is about, so that a person's erasure finds it. */
    contactId: uuid("contact_id"),
    /** The body as it is signed and sent. */
    body: text("body").notNull(),
    createdAt: createdAt(),
  },
  (t) => [index().on(t.createdAt), index().on(t.contactId)],
);

/** One event on its way to one endpoint. */
export const webhookDelivery = pgTable(
  "webhook_delivery",
  {
    id: id(),
    eventId: uuid("event_id")
      .notNull()
      .references(() => outgoingEvent.id, { onDelete: "cascade" }),
    endpointId: uuid("endpoint_id")
      .notNull()
      .references(() => webhookEndpoint.id, { onDelete: "cascade" }),
    status: text("status", { enum: DELIVERY_STATUSES }).notNull().default("waiting"),
    attempts: integer("attempts").notNull().default(0),
    nextAttemptAt: instant("next_attempt_at"),
    /** Of the last attempt: the status it was answered with, the beginning of the answer, or why there was none. */
    answerStatus: integer("answer_status"),
    answer: text("answer"),
    problem: text("problem"),
    durationMs: integer("duration_ms"),
    triedAt: instant("tried_at"),
    finishedAt: instant("finished_at"),
  },
  (t) => [
    index().on(t.endpointId, t.id),
    index().on(t.eventId),
    index("webhook_delivery_waiting").on(t.endpointId, t.id).where(sql`status = 'waiting'`),
  ],
);

/** What was answered to a request that came with an `Idempotency-Key`. */
export const idempotentRequest = pgTable(
  "idempotent_request",
  {
    /** Hash of who asked, what, and the key. */
    id: text("id").primaryKey(),
    bodyHash: text("body_hash").notNull(),
    /** The whole answer, encrypted with `idempotent:<id>`; null until it was given. */
    answer: text("answer"),
    /** Set in the transaction that carried it out, so that a crash before the answer leaves no doubt. */
    committedAt: instant("committed_at"),
    createdAt: createdAt(),
  },
  (t) => [index().on(t.createdAt)],
);
