import type { RowClass, RowPush, RowStatus } from "@rolodesk/shared/vocabulary";
import { and, asc, eq, gt, inArray, sql } from "drizzle-orm";
import type { RowDifference } from "../../domain/imports/plan-fill.ts";
import type { RowNote } from "../../domain/imports/read-row.ts";
import type { Db, DbOrTx, Tx } from "../client.ts";
import { importRow } from "../schema/staging.ts";

export type ImportRowRow = typeof importRow.$inferSelect;

export interface StagedRow {
  readonly line: number;
  readonly cells: Readonly<Record<string, string>>;
  readonly emailNorm: string | null;
  readonly phoneNorm: string | null;
  readonly class: RowClass;
  readonly notes: readonly RowNote[];
  readonly duplicateOf: number | null;
}

/**
 * Stores the next rows of a file and counts them, in one transaction, if the file is still being staged and `from` rows of it
 * are there; returns whether it was so. COPY: three times as fast as inserting. Nothing waits for it to be on the disk: what a crash
 * takes away is read again, and the end of the staging waits for all of it.
 */
export async function copyRows(db: Db, batchId: string, from: number, rows: readonly StagedRow[]): Promise<boolean> {
  return await db.$client.begin(async (tx) => {
    await tx`set local synchronous_commit = off`;
    const taken = await tx`
      update import_batch set total = ${from + rows.length}, work_done = ${from + rows.length}, version = version + 1
      where id = ${batchId} and work = 'staging' and total = ${from}`;
    if (taken.count === 0) return false;
    const copy = await tx`
      copy import_row (batch_id, line, cells, email_norm, phone_norm, class, notes, duplicate_of)
      from stdin`.writable();
    await new Promise<void>((resolve, reject) => {
      copy.once("error", reject).once("finish", resolve);
      copy.end(rows.map((row) => copyLine(batchId, row)).join(""));
    });
    return true;
  });
}

function copyLine(batchId: string, row: StagedRow): string {
  const notes = row.notes.length === 0 ? "[]" : JSON.stringify(row.notes);
  return `${batchId}\t${row.line}\t${copyText(JSON.stringify(row.cells))}\t${copyText(row.emailNorm)}\t${copyText(row.phoneNorm)}\t${row.class}\t${copyText(notes)}\t${row.duplicateOf ?? "\\N"}\n`;
}

/** JSON and keys hold no control characters as they are: only the backslash means something to COPY. */
function copyText(text: string | null): string {
  if (text === null) return "\\N";
  return text.includes("\\") ? text.replaceAll("\\", "\\\\") : text;
}

export async function findRow(db: DbOrTx, batchId: string, line: number): Promise<ImportRowRow | undefined> {
  const [row] = await db.select().from(importRow).where(at(batchId, line));
  return row;
}

export async function lockRow(tx: Tx, batchId: string, line: number): Promise<ImportRowRow | undefined> {
  const [row] = await tx.select().from(importRow).where(at(batchId, line)).for("update");
  return row;
}

type RowChange = Partial<Omit<typeof importRow.$inferInsert, "batchId" | "line" | "version">>;

export async function updateRow(tx: DbOrTx, batchId: string, line: number, change: RowChange): Promise<void> {
  await tx
    .update(importRow)
    .set({ ...change, version: sql`${importRow.version} + 1` })
    .where(at(batchId, line));
}

export interface RowFilter {
  readonly class?: RowClass;
  readonly status?: RowStatus;
  readonly push?: RowPush;
  /** Only those whose differences wait. */
  readonly differing?: boolean;
  /** Words of any cell. */
  readonly search?: string;
}

/** Rows of a batch in the file's order, after a line. */
export async function listRows(
  db: DbOrTx,
  batchId: string,
  { class: wanted, status, push, differing, search }: RowFilter,
  range: { readonly after: number; readonly limit: number },
): Promise<ImportRowRow[]> {
  // as JSON has it: the words are the text of an array
  const part = search
    ? `%${JSON.stringify(search)
        .slice(1, -1)
        .replace(/[\\%_]/g, "\\$&")}%`
    : null;
  return await db
    .select()
    .from(importRow)
    .where(
      and(
        eq(importRow.batchId, batchId),
        gt(importRow.line, range.after),
        wanted && eq(importRow.class, wanted),
        status && eq(importRow.status, status),
        push && eq(importRow.push, push),
        differing ? gt(importRow.openDifferences, 0) : undefined,
        part === null ? undefined : sql`${importRow.words} like lower(${part})`,
      ),
    )
    .orderBy(asc(importRow.line))
    .limit(range.limit);
}

/** The next rows after a line that were approved, locked. */
export async function lockApproved(tx: Tx, batchId: string, after: number, limit: number): Promise<ImportRowRow[]> {
  return await tx
    .select()
    .from(importRow)
    .where(and(eq(importRow.batchId, batchId), eq(importRow.status, "approved"), gt(importRow.line, after)))
    .orderBy(asc(importRow.line))
    .limit(limit)
    .for("update");
}

export interface RowCount {
  readonly class: RowClass;
  readonly status: RowStatus;
  readonly push: RowPush | null;
  readonly rows: number;
  readonly created: number;
  readonly differing: number;
}

export async function countRows(db: DbOrTx, batchId: string): Promise<RowCount[]> {
  return await db
    .select({
      class: importRow.class,
      status: importRow.status,
      push: importRow.push,
      rows: sql<number>`count(*)::int`,
      created: sql<number>`(count(*) filter (where ${importRow.createdContact}))::int`,
      differing: sql<number>`(count(*) filter (where ${importRow.openDifferences} > 0))::int`,
    })
    .from(importRow)
    .where(eq(importRow.batchId, batchId))
    .groupBy(importRow.class, importRow.status, importRow.push);
}

export interface Decision {
  readonly status: "approved" | "rejected";
  readonly by: string;
  readonly at: Date;
  readonly problem: string | null;
}

const DECIDED_AT_ONCE = 10_000;

/**
 * Decides rows that wait, those of the classes or of the lines. In parts, each its own statement: one over all of a large file
 * would outlast what a statement may take. Returns how many.
 */
export async function decideRows(
  db: Db,
  batchId: string,
  wanted: { readonly classes: readonly RowClass[]; readonly lines: readonly number[] | null },
  decision: Decision,
): Promise<number> {
  const lines = wanted.lines === null ? sql`true` : inArray(sql`line`, [...wanted.lines]);
  let decided = 0;
  for (;;) {
    const rows = await db.execute(sql`
      with next as materialized (
        select ctid as place from import_row
        where batch_id = ${batchId} and status = 'pending' and ${lines}
          and (${inArray(sql`class`, [...wanted.classes])} or chosen)
        order by line limit ${DECIDED_AT_ONCE} for update)
      update import_row r set status = ${decision.status}, decided_by = ${decision.by},
        decided_at = ${decision.at.toISOString()}::timestamptz, problem = ${decision.problem}, version = r.version + 1
      from next where r.ctid = next.place`);
    decided += rows.count;
    if (rows.count < DECIDED_AT_ONCE) return decided;
  }
}

/** Whether rows of a batch stand in a state. */
export async function hasRows(db: DbOrTx, batchId: string, statuses: readonly RowStatus[]): Promise<boolean> {
  const [row] = await db
    .select({ line: importRow.line })
    .from(importRow)
    .where(and(eq(importRow.batchId, batchId), inArray(importRow.status, [...statuses])))
    .limit(1);
  return row !== undefined;
}

function at(batchId: string, line: number) {
  return and(eq(importRow.batchId, batchId), eq(importRow.line, line));
}

export interface RowOutcome {
  readonly line: number;
  readonly class: RowClass;
  readonly status: RowStatus;
  readonly notes: readonly RowNote[];
  readonly contactId: string | null;
  readonly createdContact: boolean;
  readonly filled: readonly string[];
  readonly differences: readonly RowDifference[];
  readonly openDifferences: number;
  readonly problem: string | null;
}

/** Stores what became of rows, all in one statement. */
export async function storeOutcomes(tx: Tx, batchId: string, rows: readonly RowOutcome[], at: Date): Promise<void> {
  if (rows.length === 0) return;
  await tx.execute(sql`
    update import_row r set
      class = o.class, status = o.status, notes = o.notes, contact_id = o."contactId",
      created_contact = o."createdContact", filled = array(select jsonb_array_elements_text(o.filled)),
      differences = o.differences, open_differences = o."openDifferences", problem = o.problem,
      imported_at = case when o.status = 'imported' then ${at.toISOString()}::timestamptz end, version = r.version + 1
    from jsonb_to_recordset(${JSON.stringify(rows)}::text::jsonb) as o(
      line int, class text, status text, notes jsonb, "contactId" uuid, "createdContact" boolean, filled jsonb,
      differences jsonb, "openDifferences" int, problem text)
    where r.batch_id = ${batchId} and r.line = o.line`);
}

export interface Reclassified {
  readonly line: number;
  readonly class: RowClass;
  readonly notes: readonly RowNote[];
  readonly duplicateOf: number | null;
}

/** Puts rows that still wait into the classes they belong to now. */
export async function storeClasses(tx: DbOrTx, batchId: string, rows: readonly Reclassified[]): Promise<void> {
  if (rows.length === 0) return;
  await tx.execute(sql`
    update import_row r set class = o.class, notes = o.notes, duplicate_of = o."duplicateOf",
      contact_id = null, version = r.version + 1
    from jsonb_to_recordset(${JSON.stringify(rows)}::text::jsonb) as o(
      line int, class text, notes jsonb, "duplicateOf" int)
    where r.batch_id = ${batchId} and r.line = o.line and r.status = 'pending' and not r.chosen`);
}

/** Leaves of rows that they were there, and nothing of whom they were about. */
export async function emptyRows(tx: Tx, batchId: string, lines: readonly number[]): Promise<void> {
  if (lines.length === 0) return;
  await tx
    .update(importRow)
    .set({ cells: {}, emailNorm: null, phoneNorm: null, notes: [] })
    .where(and(eq(importRow.batchId, batchId), inArray(importRow.line, [...lines])));
}
