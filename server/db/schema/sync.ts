import type { Candidate, RunChoice, ShownValue } from "@rolodesk/shared/sync-run";
import {
  CONFLICT_STATUSES,
  MATCHED_BY,
  NOTE_STATUSES,
  RUN_RESULTS,
  RUN_STATUSES,
  RUN_TRIGGERS,
  SETTLE_DECISIONS,
  SETTLE_OUTCOMES,
  SETTLEMENT_STATUSES,
} from "@rolodesk/shared/vocabulary";
import { sql } from "drizzle-orm";
import {
  boolean,
  check,
  index,
  integer,
  jsonb,
  pgTable,
  primaryKey,
  text,
  unique,
  uniqueIndex,
  uuid,
} from "drizzle-orm/pg-core";
import type { SyncPlan } from "../../domain/sync/plan-sync.ts";
import type { CallReport } from "../../integrations/http-client.ts";
import { user } from "./auth.ts";
import { createdAt, id, instant } from "./columns.ts";
import { connection } from "./connection.ts";
import { contact } from "./contact.ts";
import { conversation } from "./conversation.ts";

/** contact ↔ record, one live per connection. */
export const crmLink = pgTable(
  "crm_link",
  {
    id: id(),
    contactId: uuid("contact_id")
      .notNull()
      .references(() => contact.id),
    connectionId: uuid("connection_id")
      .notNull()
      .references(() => connection.id),
    object: text("object").notNull(),
    externalId: text("external_id").notNull(),
    /** Ids the record had before (merged away, the lead of a qualified contact). */
    aliases: text("aliases").array().notNull().default([]),
    state: text("state", { enum: ["live", "closed"] })
      .notNull()
      .default("live"),
    closedReason: text("closed_reason"),
    matchedBy: text("matched_by", { enum: MATCHED_BY }).notNull(),
    matchedReason: text("matched_reason").notNull(),
    /** property → the value both sides last agreed on, as the CRM returned it. */
    base: jsonb("base").$type<Record<string, ShownValue>>().notNull().default({}),
    /** property → the value the CRM held when last read; for showing, never for deciding. */
    seen: jsonb("seen").$type<Record<string, ShownValue>>().notNull().default({}),
    url: text("url"),
    lastSyncedAt: instant("last_synced_at").notNull().defaultNow(),
    createdAt: createdAt(),
  },
  (t) => [
    uniqueIndex("crm_link_one_per_contact").on(t.contactId, t.connectionId).where(sql`state = 'live'`),
    uniqueIndex("crm_link_one_per_record").on(t.connectionId, t.object, t.externalId).where(sql`state = 'live'`),
  ],
);

/**
 * Who may create the record for a key (`email:…`, `phone:…`) in a connection. Held from before the create until the
 * link is stored, so that two contacts with one key never make two records.
 */
export const createClaim = pgTable(
  "create_claim",
  {
    connectionId: uuid("connection_id")
      .notNull()
      .references(() => connection.id),
    key: text("key").notNull(),
    contactId: uuid("contact_id")
      .notNull()
      .references(() => contact.id),
    /** Key of the create: the same for every attempt. */
    createKey: uuid("create_key").notNull(),
    createdAt: createdAt(),
  },
  (t) => [primaryKey({ columns: [t.connectionId, t.key] })],
);

/** One push: logged, repeatable, one at a time per connection and contact. */
export const syncRun = pgTable(
  "sync_run",
  {
    id: id(),
    /** What made it necessary, e.g. `end:<conversation>:<close count>`; a redelivered cause is the same run. */
    cause: text("cause").notNull(),
    connectionId: uuid("connection_id")
      .notNull()
      .references(() => connection.id),
    contactId: uuid("contact_id").references(() => contact.id),
    conversationId: uuid("conversation_id")
      .notNull()
      .references(() => conversation.id),
    trigger: text("trigger", { enum: RUN_TRIGGERS }).notNull(),
    /** The agent's answer this run acts on. */
    choice: jsonb("choice").$type<RunChoice>(),
    /** When an agent answered its `needs_choice`. */
    answeredAt: instant("answered_at"),
    status: text("status", { enum: RUN_STATUSES }).notNull().default("queued"),
    result: text("result", { enum: RUN_RESULTS }),
    reason: text("reason"),
    suggestion: text("suggestion"),
    matchedBy: text("matched_by", { enum: MATCHED_BY }),
    /** The pure plan that was (or is being) applied. */
    plan: jsonb("plan").$type<SyncPlan>(),
    candidates: jsonb("candidates").$type<Candidate[]>().notNull().default([]),
    conflictsQueued: integer("conflicts_queued").notNull().default(0),
    /** Pushed by itself from now on: what it takes is more than a push of many at once can do. */
    alone: boolean("alone").notNull().default(false),
    /** Fencing token: only its holder may write this run's outcome. */
    lease: uuid("lease"),
    /** A create was or may have been sent at this moment: none is sent again before a lookup can see what it made. */
    createSentAt: instant("create_sent_at"),
    attempts: integer("attempts").notNull().default(0),
    nextAttemptAt: instant("next_attempt_at"),
    calls: jsonb("calls").$type<CallReport[]>().notNull().default([]),
    durationMs: integer("duration_ms"),
    version: integer("version").notNull().default(1),
    createdAt: createdAt(),
    startedAt: instant("started_at"),
    finishedAt: instant("finished_at"),
  },
  (t) => [
    unique().on(t.connectionId, t.cause),
    index().on(t.conversationId),
    index().on(t.contactId),
    index().on(t.createdAt, t.id),
    index().on(t.connectionId, t.createdAt, t.id),
    index().on(t.finishedAt),
    index("sync_run_started").on(t.connectionId, t.startedAt),
    index("sync_run_failed").on(t.connectionId, t.id).where(sql`status = 'failed'`),
    index("sync_run_unfinished").on(t.connectionId).where(sql`status in ('queued', 'running', 'waiting')`),
  ],
);

/** Two values that differ and wait for an agent. */
export const conflict = pgTable(
  "conflict",
  {
    id: id(),
    linkId: uuid("link_id")
      .notNull()
      .references(() => crmLink.id),
    connectionId: uuid("connection_id")
      .notNull()
      .references(() => connection.id),
    contactId: uuid("contact_id")
      .notNull()
      .references(() => contact.id),
    field: text("field").notNull(),
    property: text("property").notNull(),
    status: text("status", { enum: CONFLICT_STATUSES }).notNull().default("pending"),
    crmValue: jsonb("crm_value").$type<ShownValue>(),
    /** When the CRM's value was found to have moved while this waited; null when it has not. */
    staleSince: instant("stale_since"),
    /** Set while `applying`. */
    applyingSince: instant("applying_since"),
    chatValue: jsonb("chat_value").$type<ShownValue>().notNull(),
    /** What the write of an applied one replaced in the CRM; null when nothing was written. */
    replaced: jsonb("replaced").$type<{ value: ShownValue }>(),
    baseValue: jsonb("base_value").$type<ShownValue>(),
    crmSource: text("crm_source"),
    conversationId: uuid("conversation_id").references(() => conversation.id),
    messageSeq: integer("message_seq"),
    earlier: jsonb("earlier").$type<{ value: ShownValue; at: string }[]>().notNull().default([]),
    problem: text("problem"),
    decidedBy: text("decided_by"),
    decidedAt: instant("decided_at"),
    version: integer("version").notNull().default(1),
    createdAt: createdAt(),
  },
  (t) => [
    uniqueIndex("conflict_one_pending").on(t.linkId, t.property).where(sql`status in ('pending', 'applying')`),
    index().on(t.contactId),
    index("conflict_open").on(t.id).where(sql`status in ('pending', 'applying')`),
    index("conflict_decided_at").on(t.decidedAt, t.id).where(sql`status in ('applied', 'kept')`),
    check("conflict_decided", sql`(status in ('applied', 'kept')) = (decided_at is not null)`),
  ],
);

/** Many conflicts settled by one decision of an agent: drafted with everything it covers, then carried out by a job. */
export const settlement = pgTable(
  "settlement",
  {
    id: id(),
    userId: text("user_id")
      .notNull()
      .references(() => user.id),
    decision: text("decision", { enum: SETTLE_DECISIONS }).notNull(),
    status: text("status", { enum: SETTLEMENT_STATUSES }).notNull().default("draft"),
    /** When it goes on after a CRM asked to wait. */
    waitsUntil: instant("waits_until"),
    version: integer("version").notNull().default(1),
    createdAt: createdAt(),
    startedAt: instant("started_at"),
    finishedAt: instant("finished_at"),
  },
  (t) => [index().on(t.userId)],
);

/** One row of a settlement, with the values its agent saw. */
export const settlementRow = pgTable(
  "settlement_row",
  {
    settlementId: uuid("settlement_id")
      .notNull()
      .references(() => settlement.id, { onDelete: "cascade" }),
    /** Rows of one link stand together: they are written in one call. */
    position: integer("position").notNull(),
    conflictId: uuid("conflict_id")
      .notNull()
      .references(() => conflict.id),
    seenCrmValue: jsonb("seen_crm_value").$type<ShownValue>(),
    seenChatValue: jsonb("seen_chat_value").$type<ShownValue>().notNull(),
    outcome: text("outcome", { enum: SETTLE_OUTCOMES }),
    problem: text("problem"),
  },
  (t) => [primaryKey({ columns: [t.settlementId, t.position] }), unique().on(t.settlementId, t.conflictId)],
);

/** A conversation's transcript on the record: once per conversation and connection. Its id is the key of the note. */
export const crmNote = pgTable(
  "crm_note",
  {
    id: id(),
    connectionId: uuid("connection_id")
      .notNull()
      .references(() => connection.id),
    conversationId: uuid("conversation_id")
      .notNull()
      .references(() => conversation.id),
    contactId: uuid("contact_id")
      .notNull()
      .references(() => contact.id),
    status: text("status", { enum: NOTE_STATUSES }).notNull().default("waiting"),
    /** The CRM's id of the note. */
    remoteId: text("remote_id"),
    problem: text("problem"),
    attempts: integer("attempts").notNull().default(0),
    createdAt: createdAt(),
  },
  (t) => [unique().on(t.connectionId, t.conversationId)],
);

/** A pair of values an agent chose to leave as it is: asked again only when either becomes a new value. */
export const dismissal = pgTable(
  "dismissal",
  {
    linkId: uuid("link_id")
      .notNull()
      .references(() => crmLink.id),
    property: text("property").notNull(),
    /** Normal forms, as JSON text. */
    chatValue: text("chat_value").notNull(),
    crmValue: text("crm_value").notNull(),
    createdAt: createdAt(),
  },
  (t) => [primaryKey({ columns: [t.linkId, t.property, t.chatValue, t.crmValue] })],
);
