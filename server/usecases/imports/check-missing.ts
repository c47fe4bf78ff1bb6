import type { ConnectionRow } from "../../db/queries/connection.ts";
import {
  advanceContactSync,
  type ImportRunRow,
  listUnseenLinks,
  lockImportRun,
  updateImportRun,
} from "../../db/queries/import-run.ts";
import type { Deps } from "../../deps.ts";
import { contactSyncOf } from "./contact-sync.ts";
import { enqueueImport } from "./enqueue-import.ts";
import { followRecords } from "./follow-records.ts";
import { loadImportContext } from "./import-context.ts";
import { isSamePage } from "./same-page.ts";

const LINKS_PER_JOB = 20;

/**
 * The second part of a reading of everybody: linked records that did not appear are read one by one. Not to appear proves
 * nothing by itself: they may lack the tag, or the index may lag.
 */
export async function checkMissing(deps: Deps, run: ImportRunRow, connection: ConnectionRow): Promise<void> {
  const started = performance.now();
  const context = await loadImportContext(deps, connection, { ...run, cause: { importRunId: run.id } });
  const where = { connectionId: connection.id, since: run.createdAt, after: run.cursor };
  const links = await listUnseenLinks(deps.db, where, LINKS_PER_JOB);
  const closed = await followRecords(
    deps,
    context,
    links.map(({ id }) => id),
  );
  await deps.db.transaction(async (tx) => {
    const current = await lockImportRun(tx, run.id);
    if (!current || !isSamePage(current, run)) return;
    const ends = links.length < LINKS_PER_JOB;
    await updateImportRun(tx, run.id, {
      cursor: links.at(-1)?.id ?? run.cursor,
      pages: current.pages + 1,
      unlinked: current.unlinked + closed,
      activeMs: current.activeMs + Math.round(performance.now() - started),
      attempts: 0,
      problem: null,
      nextAttemptAt: null,
      ...(current.status === "waiting" && { status: "running" }),
      ...(ends && { status: "done", finishedAt: deps.now() }),
    });
    if (ends) {
      await advanceContactSync(tx, { ...contactSyncOf(connection), tag: run.tag }, { fullAt: run.createdAt });
    } else if (current.status !== "paused") await enqueueImport(deps, tx, run);
  });
}
