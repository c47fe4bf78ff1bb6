import {
  CALL_SUMMARY_STATUSES,
  DISPOSITION_SOURCES,
  ENGAGEMENT_LEVELS,
  PHONE_CALL_DIRECTIONS,
  PHONE_CALL_STATUSES,
} from "@rolodesk/shared/vocabulary";
import { sql } from "drizzle-orm";
import { boolean, index, integer, jsonb, pgTable, text, unique, uuid } from "drizzle-orm/pg-core";
import { createdAt, id, instant } from "./columns.ts";
import { connection } from "./connection.ts";
import { contact } from "./contact.ts";

/** What a language model made of a transcript, as it was checked. */
export interface StoredReading {
  summary: string;
  disposition: string;
  engagement: (typeof ENGAGEMENT_LEVELS)[number];
  /** ISO 8601 */
  nextFollowUpAt: string | null;
  model: string;
}

/** A telephone call that a CRM told of: one row, however often and in whatever order it was told. */
export const phoneCall = pgTable(
  "phone_call",
  {
    id: id(),
    connectionId: uuid("connection_id")
      .notNull()
      .references(() => connection.id),
    /** The CRM's id of the call. */
    externalId: text("external_id").notNull(),
    /** Null until somebody of ours is known by its record or number. */
    contactId: uuid("contact_id").references(() => contact.id),
    /** The CRM's id of the person's record. */
    recordId: text("record_id"),
    direction: text("direction", { enum: PHONE_CALL_DIRECTIONS }),
    /** The person's number as it was told. */
    phone: text("phone"),
    /** The same as a key; null where it is none. */
    phoneNorm: text("phone_norm"),
    status: text("status", { enum: PHONE_CALL_STATUSES }),
    startedAt: instant("started_at"),
    durationSeconds: integer("duration_seconds"),
    transcript: text("transcript"),
    recordingUrl: text("recording_url"),
    /** Lower case. */
    disposition: text("disposition"),
    dispositionSource: text("disposition_source", { enum: DISPOSITION_SOURCES }),
    dispositionAt: instant("disposition_at"),
    /** Who, where a person said it. */
    dispositionBy: text("disposition_by"),
    engagement: text("engagement", { enum: ENGAGEMENT_LEVELS }),
    nextFollowUpAt: instant("next_follow_up_at"),
    summaryStatus: text("summary_status", { enum: CALL_SUMMARY_STATUSES }).notNull().default("off"),
    summaryProblem: text("summary_problem"),
    summaryAttempts: integer("summary_attempts").notNull().default(0),
    reading: jsonb("reading").$type<StoredReading>(),
    version: integer("version").notNull().default(1),
    createdAt: createdAt(),
    updatedAt: instant("updated_at").notNull().defaultNow(),
  },
  (t) => [
    unique().on(t.connectionId, t.externalId),
    index().on(t.contactId, t.id),
    index("phone_call_unlinked_record").on(t.connectionId, t.recordId).where(sql`contact_id is null`),
    index("phone_call_unlinked_phone").on(t.phoneNorm).where(sql`contact_id is null`),
  ],
);

/** How far a connection's calls have been asked for. */
export const phoneCallFeed = pgTable("phone_call_feed", {
  connectionId: uuid("connection_id")
    .primaryKey()
    .references(() => connection.id),
  /** The connector's own words; null before the first page. */
  cursor: text("cursor"),
  /** When a webhook last told of a call. */
  heardAt: instant("heard_at"),
  nextAt: instant("next_at").notNull(),
  attempts: integer("attempts").notNull().default(0),
  problem: text("problem"),
  /** Workflows tell of calls by ids of their own, which the CRM's log does not know: read as well, each call would be there twice. */
  leftAlone: boolean("left_alone").notNull().default(false),
});
