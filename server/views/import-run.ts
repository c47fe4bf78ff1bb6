import { Id } from "@rolodesk/shared/ids";
import type {
  ContactSync,
  ImportDetail,
  ImportDetailPage,
  ImportPage,
  ImportRun,
  ListImportDetails,
  ListImports,
} from "@rolodesk/shared/import-run";
import { ContactSync as ContactSyncSchema } from "@rolodesk/shared/import-run";
import type { DbOrTx } from "../db/client.ts";
import {
  type ContactSyncRow,
  findListedImport,
  findUnfinishedImport,
  type ImportDetailRow,
  type ImportRunRow,
  type ListedImport,
  listImportDetails,
  listImportRuns,
} from "../db/queries/import-run.ts";
import { DomainError, notFound } from "../domain/domain-error.ts";
import { csvLine } from "../domain/imports/csv-cell.ts";
import type { PullCapabilities } from "../domain/pull.ts";
import type { ConnectorFactory } from "../integrations/connector-factory.ts";

const CSV_ROWS = 1_000;
const BYTE_ORDER_MARK = "\ufeff";

export async function viewImports(
  db: DbOrTx,
  connectors: ConnectorFactory,
  { connection, cursor, limit }: ListImports,
): Promise<ImportPage> {
  const rows = await listImportRuns(db, { connectionId: connection, before: readCursor(cursor) }, limit + 1);
  const page = rows.slice(0, limit);
  const next = rows.length > limit ? (page.at(-1)?.run.id ?? null) : null;
  return { items: page.map((row) => toImportRun(row, connectors)), nextCursor: next };
}

export async function viewImport(db: DbOrTx, connectors: ConnectorFactory, id: string): Promise<ImportRun> {
  const row = await findListedImport(db, id);
  if (!row) throw notFound("import");
  return toImportRun(row, connectors);
}

export async function viewImportDetails(
  db: DbOrTx,
  runId: string,
  { outcome, cursor, limit }: ListImportDetails,
): Promise<ImportDetailPage> {
  if (!(await findListedImport(db, runId))) throw notFound("import");
  const rows = await listImportDetails(db, { runId, outcome, after: readCursor(cursor) }, limit + 1);
  const page = rows.slice(0, limit);
  return { items: page.map(toDetail), nextCursor: rows.length > limit ? (page.at(-1)?.id ?? null) : null };
}

/** The same as lines of a CSV file, read a part at a time however many there are. */
export async function* importDetailsAsCsv(db: DbOrTx, runId: string): AsyncGenerator<string> {
  yield BYTE_ORDER_MARK + csvLine(["Result", "Who", "Object", "Record", "Reason", "Link", "Contact"]);
  let after: string | undefined;
  for (;;) {
    const rows = await listImportDetails(db, { runId, after }, CSV_ROWS);
    for (const { outcome, label, object, externalId, reason, url, contactId } of rows) {
      yield csvLine([outcome, label, object, externalId, reason, url ?? "", contactId ?? ""]);
    }
    after = rows.at(-1)?.id;
    if (rows.length < CSV_ROWS) return;
  }
}

/** `pulls`: what the CRM's importing can do. */
export async function viewContactSync(db: DbOrTx, sync: ContactSyncRow, pulls: PullCapabilities): Promise<ContactSync> {
  const unfinished = await findUnfinishedImport(db, sync.connectionId);
  const { strategy, everyMinutes, tag, lookupOrder, fullAt } = sync;
  return ContactSyncSchema.parse({
    strategy,
    everyMinutes,
    tag,
    lookupOrder,
    filtersByTag: pulls.filtersByTag,
    unfinishedRunId: unfinished?.id ?? null,
    fullAt: fullAt?.toISOString() ?? null,
  });
}

function toImportRun({ run, connection }: ListedImport, connectors: ConnectorFactory): ImportRun {
  return {
    id: run.id,
    connectionId: run.connectionId,
    connectionName: connection.name,
    provider: connection.provider,
    providerName: connectors.kindOf(connection.provider).name,
    kind: run.kind,
    trigger: run.trigger,
    startedBy: run.startedBy,
    strategy: run.strategy,
    tag: run.tag,
    status: run.status,
    phase: run.phase,
    expected: run.expected,
    total: run.total,
    imported: run.imported,
    updated: run.updated,
    skipped: run.skipped,
    conflicts: run.conflicts,
    errors: run.errors,
    unlinked: run.unlinked,
    pages: run.pages,
    ...paceOf(run),
    problem: run.problem,
    nextAttemptAt: run.nextAttemptAt?.toISOString() ?? null,
    createdAt: run.createdAt.toISOString(),
    finishedAt: run.finishedAt?.toISOString() ?? null,
    version: run.version,
  };
}

function paceOf({ total, expected, activeMs, status, phase }: ImportRunRow) {
  const perSecond = total > 0 && activeMs > 0 ? Math.round((total / activeMs) * 10_000) / 10 : null;
  const isReading = (status === "running" || status === "waiting") && phase === "reading";
  const left = expected === null ? null : Math.max(0, expected - total);
  const secondsLeft = isReading && left !== null && perSecond ? Math.ceil(left / perSecond) : null;
  return { perSecond, secondsLeft };
}

function toDetail({ id, outcome, object, externalId, label, reason, contactId, url }: ImportDetailRow): ImportDetail {
  return { id, outcome, object, externalId, label, reason, contactId, url };
}

function readCursor(cursor: string | undefined): string | undefined {
  if (cursor === undefined || Id.safeParse(cursor).success) return cursor;
  throw new DomainError("bad_request", "This page does not exist. Start from the first.", { cursor: "Leave it out." });
}
