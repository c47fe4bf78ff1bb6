import { type ConnectionRow, findConnection } from "../../db/queries/connection.ts";
import { findLinkByAnyId } from "../../db/queries/crm-link.ts";
import {
  advanceContactSync,
  findImportRun,
  type ImportRunRow,
  insertImportDetails,
  lockImportRun,
  updateActiveImport,
  updateImportRun,
} from "../../db/queries/import-run.ts";
import type { Deps } from "../../deps.ts";
import type { RecordRef } from "../../domain/connector.ts";
import { ConnectorError } from "../../domain/connector-error.ts";
import type { PullPage } from "../../domain/pull.ts";
import { checkMissing } from "./check-missing.ts";
import { contactSyncOf } from "./contact-sync.ts";
import { enqueueImport } from "./enqueue-import.ts";
import { followRecords } from "./follow-records.ts";
import { type ImportContext, loadImportContext } from "./import-context.ts";
import { afterImportFailure } from "./import-failure.ts";
import { publishImport, publishNewConflicts } from "./publish-import.ts";
import { isSamePage } from "./same-page.ts";
import { takePage } from "./take-page.ts";
import type { TakenRecord } from "./take-records.ts";

/** Reads of records that may have been merged, per page. */
const MAX_FOLLOWED = 20;

/**
 * The job of an import: one page, whose effects, counts and cursor are stored in one transaction together with the job of the
 * next. So it can be killed at any moment and goes on with the page it was at; a page that is delivered twice counts once.
 */
export async function runImport(deps: Deps, { runId }: { runId: string }): Promise<void> {
  const run = await findImportRun(deps.db, runId);
  if (run?.status !== "running" && run?.status !== "waiting") return;
  const connection = await findConnection(deps.db, run.connectionId);
  if (!connection) return await endWithoutConnection(deps, run);
  // it goes on when somebody resumes or reconnects
  if (connection.status !== "active") return;
  const waitMs = (connection.waitUntil?.getTime() ?? 0) - deps.now().getTime();
  if (waitMs > 0) return await comeBack(deps, run, new Date(deps.now().getTime() + waitMs));
  try {
    if (run.phase === "checking") await checkMissing(deps, run, connection);
    else await readPage(deps, run, connection);
  } catch (error) {
    if (!(error instanceof ConnectorError)) throw error;
    await afterImportFailure(deps, connection, run, error);
  }
  publishImport(deps, run.id);
}

async function readPage(deps: Deps, run: ImportRunRow, connection: ConnectionRow): Promise<void> {
  const started = performance.now();
  const context = await loadImportContext(deps, connection, { ...run, cause: { importRunId: run.id } });
  const { pull } = context.crm.connector;
  if (!pull) return await fail(deps, run, `Contacts cannot be imported from ${context.crm.providerName}.`);
  const readAt = deps.now();
  const page = await pull.page({ cursor: run.cursor, tag: run.tag, properties: context.properties });
  if (page.kind === "expired") return await startOver(deps, run);
  const gone = await followGone(deps, context, page.deleted);
  const taken = await storePage(deps, context, run, { page, gone, readAt, started });
  if (taken && run.kind === "changes") await followMerged(deps, context, taken);
  if (taken?.some(({ outcome }) => outcome === "conflict")) publishNewConflicts(deps);
}

interface PageRead {
  readonly page: PullPage;
  /** Links that were closed because the CRM said that their record is gone. */
  readonly gone: number;
  readonly readAt: Date;
  /** `performance.now()` when the page was begun. */
  readonly started: number;
}

/** Null when another delivery of the job has stored this page already. */
async function storePage(
  deps: Deps,
  context: ImportContext,
  run: ImportRunRow,
  { page, gone, readAt, started }: PageRead,
): Promise<readonly TakenRecord[] | null> {
  return await deps.db.transaction(async (tx) => {
    const current = await lockImportRun(tx, run.id);
    if (!current || !isSamePage(current, run)) return null;
    const taken = await takePage(tx, deps, context, page.records, readAt);
    await insertImportDetails(
      tx,
      taken.flatMap((one) => detailOf(deps, context, run.id, one)),
    );
    const ends = !page.more && run.kind === "changes";
    await updateImportRun(tx, run.id, {
      ...countsAfter(current, taken),
      ...(page.more ? { cursor: page.cursor } : { cursor: null, phase: "checking" }),
      ...(ends && { status: "done", phase: "reading", finishedAt: deps.now() }),
      ...(!ends && current.status === "waiting" && { status: "running" }),
      expected: page.expected === null ? current.expected : Math.max(page.expected, current.total + taken.length),
      unlinked: current.unlinked + gone,
      pages: current.pages + 1,
      activeMs: current.activeMs + Math.round(performance.now() - started),
      attempts: 0,
      problem: null,
      nextAttemptAt: null,
    });
    if (!page.more) {
      await advanceContactSync(tx, { ...contactSyncOf(context.connection), tag: run.tag }, { cursor: page.cursor });
    }
    if (!ends && current.status !== "paused") await enqueueImport(deps, tx, run);
    return taken;
  });
}

function countsAfter(current: ImportRunRow, taken: readonly TakenRecord[]) {
  const count = (outcome: TakenRecord["outcome"]) => taken.filter((one) => one.outcome === outcome).length;
  return {
    total: current.total + taken.length,
    imported: current.imported + count("imported"),
    updated: current.updated + count("updated"),
    skipped: current.skipped + count("skipped"),
    conflicts: current.conflicts + count("conflict"),
    errors: current.errors + count("error"),
  };
}

function detailOf(
  deps: Deps,
  { crm }: ImportContext,
  runId: string,
  { incoming, outcome, reason, contactId }: TakenRecord,
) {
  if (reason === null) return [];
  const { record, label } = incoming;
  const { object, externalId } = record;
  const url = crm.connector.recordUrl(record);
  return [{ id: deps.newId(), runId, outcome, object, externalId, label, reason, contactId, url }];
}

/** What the CRM says is gone is read again: only its own answer to that closes a link. Answers how many were closed. */
async function followGone(deps: Deps, context: ImportContext, deleted: readonly RecordRef[]): Promise<number> {
  const ids: string[] = [];
  for (const ref of deleted) {
    const link = await findLinkByAnyId(deps.db, context.connection.id, ref);
    if (link) ids.push(link.id);
  }
  return await followRecords(deps, context, ids);
}

/** A new record of somebody whose link leads elsewhere: the two may have been merged, which reading the old one tells. */
async function followMerged(deps: Deps, context: ImportContext, taken: readonly TakenRecord[]): Promise<void> {
  const ids = taken.flatMap(({ otherLink }) => otherLink?.id ?? []);
  await followRecords(deps, context, ids.slice(0, MAX_FOLLOWED));
}

async function startOver(deps: Deps, run: ImportRunRow): Promise<void> {
  await deps.db.transaction(async (tx) => {
    const current = await lockImportRun(tx, run.id);
    if (!current || !isSamePage(current, run)) return;
    await updateImportRun(tx, run.id, { kind: "full", cursor: null, pages: current.pages + 1 });
    await enqueueImport(deps, tx, run);
  });
}

async function comeBack(deps: Deps, run: ImportRunRow, at: Date): Promise<void> {
  await deps.db.transaction(async (tx) => {
    const isActive = await updateActiveImport(tx, run.id, { status: "waiting", nextAttemptAt: at });
    if (isActive) await enqueueImport(deps, tx, run, at);
  });
  publishImport(deps, run.id);
}

async function fail(deps: Deps, run: ImportRunRow, problem: string): Promise<void> {
  await updateActiveImport(deps.db, run.id, { status: "failed", problem, nextAttemptAt: null, finishedAt: deps.now() });
}

async function endWithoutConnection(deps: Deps, run: ImportRunRow): Promise<void> {
  await updateActiveImport(deps.db, run.id, {
    status: "cancelled",
    problem: "The connection was removed.",
    finishedAt: deps.now(),
  });
  publishImport(deps, run.id);
}
