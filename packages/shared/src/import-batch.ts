import { z } from "zod";
import { Id, Instant } from "./ids.ts";
import {
  BATCH_STATUSES,
  BATCH_WORKS,
  FILE_DELIMITERS,
  FILE_ENCODINGS,
  ROW_CLASSES,
  ROW_PUSHES,
  ROW_STATUSES,
} from "./vocabulary.ts";

/** Names the file of an upload, whose body is the file itself. */
export const UploadQuery = z.strictObject({ name: z.string().trim().min(1).max(200) });
export type UploadQuery = z.infer<typeof UploadQuery>;

/** How a file is read. */
export const FileLayout = z.strictObject({
  encoding: z.enum(FILE_ENCODINGS),
  delimiter: z.enum(FILE_DELIMITERS),
  hasHeader: z.boolean(),
  /** For each column the field it holds, or `attribute:<key>`; null: left out. */
  mapping: z.array(z.string().max(60).nullable()).max(200),
  /** ISO 3166, of telephone numbers written without a country. */
  defaultCountry: z
    .string()
    .regex(/^[A-Z]{2}$/)
    .nullable(),
  /** Where these people come from: shown on their contacts. */
  source: z.string().trim().min(1).max(200),
});
export type FileLayout = z.infer<typeof FileLayout>;

/** `field`: the cell it is about; null: the row. */
export const RowNote = z.object({ field: z.string().nullable(), words: z.string() });
export type RowNote = z.infer<typeof RowNote>;

const Cells = z.record(z.string(), z.string());

/** The first rows of a file as a layout reads them. */
export const BatchPreview = z.object({
  columns: z.array(z.string()),
  /** As given, or proposed anew where the layout has changed the columns. */
  mapping: z.array(z.string().nullable()),
  rows: z.array(z.object({ raw: z.array(z.string()), cells: Cells, problems: z.array(RowNote) })),
});
export type BatchPreview = z.infer<typeof BatchPreview>;

/** How many rows there are of each kind. */
export const RowTally = z.object({
  class: z.enum(ROW_CLASSES),
  status: z.enum(ROW_STATUSES),
  push: z.enum(ROW_PUSHES).nullable(),
  rows: z.number().int(),
});
export type RowTally = z.infer<typeof RowTally>;

export const ImportBatch = z.object({
  id: Id,
  fileName: z.string(),
  format: z.enum(["csv", "xlsx"]),
  sizeBytes: z.number().int(),
  encoding: z.enum(FILE_ENCODINGS),
  delimiter: z.enum(FILE_DELIMITERS),
  hasHeader: z.boolean(),
  columns: z.array(z.string()),
  mapping: z.array(z.string().nullable()),
  defaultCountry: z.string().nullable(),
  source: z.string(),
  status: z.enum(BATCH_STATUSES),
  /** What is being done with it now. */
  work: z
    .object({
      kind: z.enum(BATCH_WORKS),
      total: z.number().int(),
      done: z.number().int(),
      startedAt: Instant.nullable(),
    })
    .nullable(),
  problem: z.string().nullable(),
  /** Rows of the file; until all are read, those read so far. */
  total: z.number().int(),
  /** All rows were read; before that it waits for its layout. */
  staged: z.boolean(),
  createdBy: z.string(),
  createdAt: Instant,
  undoneAt: Instant.nullable(),
  version: z.number().int(),
});
export type ImportBatch = z.infer<typeof ImportBatch>;

export const ImportBatchDetail = ImportBatch.extend({
  tally: z.array(RowTally),
  /** Contacts this import made that are there. */
  created: z.number().int(),
  /** Rows whose differences wait for a decision. */
  differing: z.number().int(),
  /** An earlier import of the very same file. */
  sameAs: z.object({ id: Id, fileName: z.string(), createdAt: Instant }).nullable(),
  pushConnection: z.object({ id: Id, name: z.string() }).nullable(),
});
export type ImportBatchDetail = z.infer<typeof ImportBatchDetail>;

export const ListBatches = z.strictObject({
  cursor: z.string().max(200).optional(),
  limit: z.coerce.number().int().min(1).max(100).default(50),
});
export type ListBatches = z.infer<typeof ListBatches>;

export const ImportBatchPage = z.object({ items: z.array(ImportBatch), nextCursor: z.string().nullable() });
export type ImportBatchPage = z.infer<typeof ImportBatchPage>;

/** A value of the file beside ours. First and last name are one unit, `name`. */
export const RowDifference = z.object({
  unit: z.string(),
  label: z.string(),
  ours: z.string(),
  file: z.string(),
  decision: z.enum(["ours", "file"]).nullable(),
  by: z.string().nullable(),
});
export type RowDifference = z.infer<typeof RowDifference>;

export const ImportRow = z.object({
  line: z.number().int(),
  cells: Cells,
  class: z.enum(ROW_CLASSES),
  status: z.enum(ROW_STATUSES),
  notes: z.array(RowNote),
  duplicateOf: z.number().int().nullable(),
  contact: z.object({ id: Id, name: z.string() }).nullable(),
  chosen: z.boolean(),
  createdContact: z.boolean(),
  openDifferences: z.number().int(),
  /** Why it was rejected, left out or failed. */
  problem: z.string().nullable(),
  decidedBy: z.string().nullable(),
  push: z.enum(ROW_PUSHES).nullable(),
  pushReason: z.string().nullable(),
  version: z.number().int(),
});
export type ImportRow = z.infer<typeof ImportRow>;

/** One of our contacts as it stands beside a row. */
export const RowCandidate = z.object({
  id: Id,
  name: z.string(),
  emails: z.array(z.string()),
  phones: z.array(z.string()),
  values: Cells,
  lastActivityAt: Instant,
});
export type RowCandidate = z.infer<typeof RowCandidate>;

export const ImportRowDetail = ImportRow.extend({
  /** Its contact, or those it could be. */
  candidates: z.array(RowCandidate),
  /** Of an imported row; of others what would differ. */
  differences: z.array(RowDifference),
  /** Fields that are, or would be, filled. */
  filled: z.array(z.string()),
});
export type ImportRowDetail = z.infer<typeof ImportRowDetail>;

export const ListImportRows = z.strictObject({
  class: z.enum(ROW_CLASSES).optional(),
  status: z.enum(ROW_STATUSES).optional(),
  push: z.enum(ROW_PUSHES).optional(),
  differing: z.literal("true").optional(),
  search: z.string().trim().max(200).optional(),
  after: z.coerce.number().int().min(0).default(0),
  limit: z.coerce.number().int().min(1).max(200).default(50),
});
export type ListImportRows = z.infer<typeof ListImportRows>;

export const ImportRowPage = z.object({
  items: z.array(ImportRow),
  /** What the next page is asked for with; null: this is the last. */
  nextAfter: z.number().int().nullable(),
});
export type ImportRowPage = z.infer<typeof ImportRowPage>;

/** Which rows; only those that wait are decided. `class: null`: all that can be approved. */
export const RowSelection = z.union([
  z.strictObject({ lines: z.array(z.number().int().min(1)).min(1).max(1000) }),
  z.strictObject({ class: z.enum(ROW_CLASSES).nullable() }),
]);
export type RowSelection = z.infer<typeof RowSelection>;

export const ApproveRows = z.strictObject({ rows: RowSelection });
export type ApproveRows = z.infer<typeof ApproveRows>;
export const RejectRows = z.strictObject({ rows: RowSelection, reason: z.string().trim().max(300).default("") });
export type RejectRows = z.infer<typeof RejectRows>;
export const DecidedRows = z.object({ rows: z.number().int() });
export type DecidedRows = z.infer<typeof DecidedRows>;

/** A cell as it should have been; blank takes it away. */
export const FixCell = z.strictObject({ field: z.string().max(60), value: z.string().max(5000) });
export type FixCell = z.infer<typeof FixCell>;

/** null: somebody new. */
export const ChooseContact = z.strictObject({ contactId: Id.nullable() });
export type ChooseContact = z.infer<typeof ChooseContact>;

/** Carries the value of ours that was seen: one that has changed since is not replaced. */
export const SettleDifference = z.strictObject({
  unit: z.string().max(60),
  decision: z.enum(["ours", "file"]),
  seenOurs: z.string().max(10_000),
});
export type SettleDifference = z.infer<typeof SettleDifference>;

/** `retry`: those that failed before as well. */
export const PushBatch = z.strictObject({ connectionId: Id, retry: z.boolean().default(false) });
export type PushBatch = z.infer<typeof PushBatch>;
