import { ON_ERASE } from "@rolodesk/shared/vocabulary";
import { sql } from "drizzle-orm";
import { check, index, integer, jsonb, pgTable, primaryKey, text, uniqueIndex, uuid } from "drizzle-orm/pg-core";
import type { MergedValues } from "../../domain/contacts/merge-values.ts";
import { createdAt, id, instant } from "./columns.ts";
import { connection } from "./connection.ts";
import { contact } from "./contact.ts";

/** The rows of one table that a merge gave to the survivor, each by its primary key. */
export type MovedRows = Readonly<Record<string, readonly Readonly<Record<string, string | number>>[]>>;

/** What an unmerge left with the survivor, and why. */
export interface StayedRows {
  readonly what: string;
  readonly count: number;
  readonly why: string;
}

/** That one contact was merged into another, with all it takes to make them two again. */
export const mergeJournal = pgTable(
  "merge_journal",
  {
    id: id(),
    survivorId: uuid("survivor_id")
      .notNull()
      .references(() => contact.id),
    mergedId: uuid("merged_id")
      .notNull()
      .references(() => contact.id),
    mergedBy: text("merged_by").notNull(),
    /** The survivor's values; the other keeps its own in its hidden row. */
    before: jsonb("before").$type<MergedValues>().notNull(),
    after: jsonb("after").$type<MergedValues>().notNull(),
    /** `table.column` → rows. */
    moved: jsonb("moved").$type<MovedRows>().notNull(),
    /** Links that were closed because the survivor has a record of its own in the same connection. */
    closedLinks: uuid("closed_links").array().notNull().default([]),
    /** Conflicts of those links that waited. */
    voidedConflicts: uuid("voided_conflicts").array().notNull().default([]),
    undoneAt: instant("undone_at"),
    undoneBy: text("undone_by"),
    stayed: jsonb("stayed").$type<StayedRows[]>(),
    createdAt: createdAt(),
  },
  (t) => [
    index().on(t.survivorId),
    uniqueIndex("merge_journal_one_open").on(t.mergedId).where(sql`undone_at is null`),
    index().on(t.mergedId),
    check("merge_journal_two", sql`survivor_id <> merged_id`),
  ],
);

/** Two contacts of which somebody said that they are two people. The smaller id comes first. */
export const notDuplicates = pgTable(
  "not_duplicates",
  {
    contactA: uuid("contact_a")
      .notNull()
      .references(() => contact.id),
    contactB: uuid("contact_b")
      .notNull()
      .references(() => contact.id),
    saidBy: text("said_by").notNull(),
    createdAt: createdAt(),
  },
  (t) => [
    primaryKey({ columns: [t.contactA, t.contactB] }),
    index().on(t.contactB),
    check("not_duplicates_ordered", sql`contact_a < contact_b`),
  ],
);

/** That a person is to be erased: here, and in the CRMs as their connections say. */
export const eraseRequest = pgTable(
  "erase_request",
  {
    id: id(),
    contactId: uuid("contact_id")
      .notNull()
      .references(() => contact.id),
    /** Who asked: a person's name, or the CRM that deleted its record for privacy. */
    askedBy: text("asked_by").notNull(),
    status: text("status", { enum: ["running", "done", "failed"] })
      .notNull()
      .default("running"),
    /** Table → rows that were deleted or emptied here. */
    erased: jsonb("erased").$type<Record<string, number>>().notNull().default({}),
    erasedHereAt: instant("erased_here_at"),
    version: integer("version").notNull().default(1),
    createdAt: createdAt(),
    finishedAt: instant("finished_at"),
  },
  (t) => [uniqueIndex("erase_request_one_per_contact").on(t.contactId), index().on(t.createdAt, t.id)],
);

/** What is done about one record of an erased person, with the CRM's own proof. */
export const eraseStep = pgTable(
  "erase_step",
  {
    id: id(),
    requestId: uuid("request_id")
      .notNull()
      .references(() => eraseRequest.id),
    connectionId: uuid("connection_id")
      .notNull()
      .references(() => connection.id),
    object: text("object").notNull(),
    externalId: text("external_id").notNull(),
    action: text("action", { enum: ON_ERASE }).notNull(),
    status: text("status", { enum: ["waiting", "done", "failed"] })
      .notNull()
      .default("waiting"),
    /** The CRM's ids of the calls that deleted it. */
    crmRequestIds: text("crm_request_ids").array().notNull().default([]),
    problem: text("problem"),
    attempts: integer("attempts").notNull().default(0),
    doneAt: instant("done_at"),
  },
  (t) => [index().on(t.requestId)],
);

/** A key of an erased person, as a keyed hash from which it cannot be read back: an import leaves such people out. */
export const tombstone = pgTable("tombstone", {
  hash: text("hash").primaryKey(),
  createdAt: createdAt(),
});
