import {
  BATCH_STATUSES,
  BATCH_WORKS,
  FILE_DELIMITERS,
  FILE_ENCODINGS,
  ROW_CLASSES,
  ROW_PUSHES,
  ROW_STATUSES,
} from "@rolodesk/shared/vocabulary";
import { sql } from "drizzle-orm";
import {
  bigint,
  boolean,
  customType,
  index,
  integer,
  jsonb,
  pgTable,
  primaryKey,
  text,
  uuid,
} from "drizzle-orm/pg-core";
import type { RowDifference } from "../../domain/imports/plan-fill.ts";
import type { RowNote } from "../../domain/imports/read-row.ts";
import type { SyncPlan } from "../../domain/sync/plan-sync.ts";
import { user } from "./auth.ts";
import { createdAt, id, instant } from "./columns.ts";
import { connection } from "./connection.ts";
import { contact } from "./contact.ts";

const bytea = customType<{ data: Buffer }>({ dataType: () => "bytea" });

/** One file of people, from its upload to the last of its rows. */
export const importBatch = pgTable(
  "import_batch",
  {
    id: id(),
    fileName: text("file_name").notNull(),
    format: text("format", { enum: ["csv", "xlsx"] }).notNull(),
    sizeBytes: bigint("size_bytes", { mode: "number" }).notNull(),
    /** Of the file's bytes, hex: the same file again is said to be that. */
    sha256: text("sha256").notNull(),
    encoding: text("encoding", { enum: FILE_ENCODINGS }).notNull(),
    delimiter: text("delimiter", { enum: FILE_DELIMITERS }).notNull(),
    hasHeader: boolean("has_header").notNull(),
    columns: text("columns").array().notNull(),
    /** For each column what it holds; null: it is left out. */
    mapping: jsonb("mapping").$type<(string | null)[]>().notNull(),
    /** Of telephone numbers written without one. */
    defaultCountry: text("default_country"),
    /** Where these people come from, in words. */
    source: text("source").notNull(),
    status: text("status", { enum: BATCH_STATUSES }).notNull().default("pending"),
    /** What a job is doing with it now; null: nothing. */
    work: text("work", { enum: BATCH_WORKS }),
    /** Rows of that work, all and done. */
    workTotal: integer("work_total").notNull().default(0),
    workDone: integer("work_done").notNull().default(0),
    workStartedAt: instant("work_started_at"),
    problem: text("problem"),
    /** Rows that were read from the file. */
    total: integer("total").notNull().default(0),
    stagedAt: instant("staged_at"),
    /** Where its approved people are pushed to. */
    pushConnectionId: uuid("push_connection_id").references(() => connection.id),
    createdBy: text("created_by")
      .notNull()
      .references(() => user.id),
    undoneAt: instant("undone_at"),
    /** When its last byte had come; null: it is still coming in, or never did. */
    uploadedAt: instant("uploaded_at"),
    version: integer("version").notNull().default(1),
    createdAt: createdAt(),
  },
  (t) => [index().on(t.createdAt, t.id), index().on(t.sha256)],
);

/** The bytes of a file whose rows are not staged yet. */
export const importFilePart = pgTable(
  "import_file_part",
  {
    batchId: uuid("batch_id")
      .notNull()
      .references(() => importBatch.id, { onDelete: "cascade" }),
    position: integer("position").notNull(),
    bytes: bytea("bytes").notNull(),
  },
  (t) => [primaryKey({ columns: [t.batchId, t.position] })],
);

/**
 * One row of a file. That its batch exists is for those to see to who store and delete rows (`copyRows` holds the batch, `deleteBatch`
 * takes the rows along): a foreign key would lock the one row of the batch again for each of 100,000.
 */
export const importRow = pgTable(
  "import_row",
  {
    batchId: uuid("batch_id").notNull(),
    /** Its place among the file's rows, from 1, the header not counted. */
    line: integer("line").notNull(),
    /** Field or `attribute:<key>` → as the file says it; blank ones left out. */
    cells: jsonb("cells").$type<Record<string, string>>().notNull(),
    /** Every cell in small letters, as JSON: what a search looks through. */
    words: text("words").generatedAlwaysAs(sql`lower(jsonb_path_query_array(cells, '$.*')::text)`),
    emailNorm: text("email_norm"),
    phoneNorm: text("phone_norm"),
    class: text("class", { enum: ROW_CLASSES }).notNull(),
    /** Why it is in this class. */
    notes: jsonb("notes").$type<RowNote[]>().notNull().default([]),
    /** Of a duplicate: the earlier row. */
    duplicateOf: integer("duplicate_of"),
    status: text("status", { enum: ROW_STATUSES }).notNull().default("pending"),
    /** Who it was chosen or made to be. Whom a row that waits is found to be is looked up when it is asked: it may be another by then. */
    contactId: uuid("contact_id").references(() => contact.id),
    /** Somebody chose among candidates: that contact, or a new one where there is none. */
    chosen: boolean("chosen").notNull().default(false),
    /** This row made its contact. */
    createdContact: boolean("created_contact").notNull().default(false),
    /** Fields of the contact that were blank and got the file's value. */
    filled: text("filled").array().notNull().default([]),
    /** Where file and contact differ, with what was decided. */
    differences: jsonb("differences").$type<RowDifference[]>().notNull().default([]),
    openDifferences: integer("open_differences").notNull().default(0),
    problem: text("problem"),
    decidedBy: text("decided_by"),
    decidedAt: instant("decided_at"),
    importedAt: instant("imported_at"),
    push: text("push", { enum: ROW_PUSHES }),
    pushReason: text("push_reason"),
    pushedAt: instant("pushed_at"),
    pushAttempts: integer("push_attempts").notNull().default(0),
    /** Key of the create, the same for every attempt. */
    pushKey: uuid("push_key"),
    /** As `create_sent_at` of a sync run. */
    pushSentAt: instant("push_sent_at"),
    pushPlan: jsonb("push_plan").$type<SyncPlan>(),
    version: integer("version").notNull().default(1),
  },
  (t) => [
    primaryKey({ columns: [t.batchId, t.line] }),
    // one expression, so that no other index can be taken for it while the planner knows nothing of a new batch yet
    index("import_row_email")
      .on(sql`(${t.batchId}::text || ' ' || ${t.emailNorm})`, t.line)
      .where(sql`email_norm is not null`),
    index("import_row_phone")
      .on(sql`(${t.batchId}::text || ' ' || ${t.phoneNorm})`, t.line)
      .where(sql`phone_norm is not null`),
    // each full index on a low-cardinality text costs as much as storing the row; common classes are met soon in the file's order
    index("import_row_attention")
      .on(t.batchId, t.class, t.line)
      .where(sql`class in ('duplicate', 'ambiguous', 'invalid')`),
    // right after an approval the planner believes that no row is approved, and would read the whole table for the next few
    index("import_row_approved").on(t.batchId, t.line).where(sql`status = 'approved'`),
    index("import_row_push").on(t.batchId, t.push, t.line).where(sql`push is not null`),
    index("import_row_differing").on(t.batchId, t.line).where(sql`open_differences > 0`),
    index("import_row_contact").on(t.contactId).where(sql`contact_id is not null`),
  ],
);
