import {
  IMPORT_KINDS,
  IMPORT_OUTCOMES,
  IMPORT_STATUSES,
  IMPORT_STRATEGIES,
  IMPORT_TRIGGERS,
  LOOKUP_ORDERS,
} from "@rolodesk/shared/import-run";
import { sql } from "drizzle-orm";
import { check, index, integer, pgTable, text, uniqueIndex, uuid } from "drizzle-orm/pg-core";
import { createdAt, id, instant } from "./columns.ts";
import { connection } from "./connection.ts";
import { contact } from "./contact.ts";

/** How the contacts of a connection come in, and how far they have. A connection without a row has the defaults. */
export const contactSync = pgTable("contact_sync", {
  connectionId: uuid("connection_id")
    .primaryKey()
    .references(() => connection.id),
  strategy: text("strategy", { enum: IMPORT_STRATEGIES }).notNull(),
  /** Minutes between two runs; 0: only when somebody asks. */
  everyMinutes: integer("every_minutes").notNull(),
  /** Lower case. */
  tag: text("tag"),
  lookupOrder: text("lookup_order", { enum: LOOKUP_ORDERS }).notNull(),
  /** Where the next run of changes goes on, in the connector's own words; null before everybody was read. */
  cursor: text("cursor"),
  /** When everybody was last read to the end. */
  fullAt: instant("full_at"),
});

/** One import from a CRM. Its counts are written in the transaction of the page they count. */
export const importRun = pgTable(
  "import_run",
  {
    id: id(),
    connectionId: uuid("connection_id")
      .notNull()
      .references(() => connection.id),
    kind: text("kind", { enum: IMPORT_KINDS }).notNull(),
    trigger: text("trigger", { enum: IMPORT_TRIGGERS }).notNull(),
    startedBy: text("started_by"),
    strategy: text("strategy", { enum: IMPORT_STRATEGIES }).notNull(),
    tag: text("tag"),
    lookupOrder: text("lookup_order", { enum: LOOKUP_ORDERS }).notNull(),
    status: text("status", { enum: IMPORT_STATUSES }).notNull().default("running"),
    phase: text("phase", { enum: ["reading", "checking"] })
      .notNull()
      .default("reading"),
    /** What the next page is asked for with; null: the first. */
    cursor: text("cursor"),
    expected: integer("expected"),
    total: integer("total").notNull().default(0),
    imported: integer("imported").notNull().default(0),
    updated: integer("updated").notNull().default(0),
    skipped: integer("skipped").notNull().default(0),
    conflicts: integer("conflicts").notNull().default(0),
    errors: integer("errors").notNull().default(0),
    unlinked: integer("unlinked").notNull().default(0),
    /** Pages whose effects are stored; also the fence against a page that is worked on twice. */
    pages: integer("pages").notNull().default(0),
    /** Time spent at work, pauses left out. */
    activeMs: integer("active_ms").notNull().default(0),
    /** Failures in a row. */
    attempts: integer("attempts").notNull().default(0),
    problem: text("problem"),
    nextAttemptAt: instant("next_attempt_at"),
    version: integer("version").notNull().default(1),
    createdAt: createdAt(),
    finishedAt: instant("finished_at"),
  },
  (t) => [
    uniqueIndex("import_run_one_unfinished").on(t.connectionId).where(sql`status not in ('done', 'cancelled')`),
    index().on(t.connectionId, t.id),
    check("import_run_adds_up", sql`total = imported + updated + skipped + conflicts + errors`),
  ],
);

/** A record of a run of which there is something to say. */
export const importDetail = pgTable(
  "import_detail",
  {
    id: id(),
    runId: uuid("run_id")
      .notNull()
      .references(() => importRun.id, { onDelete: "cascade" }),
    outcome: text("outcome", { enum: IMPORT_OUTCOMES }).notNull(),
    object: text("object").notNull(),
    externalId: text("external_id").notNull(),
    label: text("label").notNull(),
    reason: text("reason").notNull(),
    contactId: uuid("contact_id").references(() => contact.id),
    url: text("url"),
  },
  (t) => [index().on(t.runId, t.id), index().on(t.runId, t.outcome, t.id), index().on(t.contactId)],
);
