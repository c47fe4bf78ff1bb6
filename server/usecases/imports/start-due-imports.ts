import type { DbOrTx } from "../../db/client.ts";
import {
  type ContactSyncRow,
  findLastImport,
  findUnfinishedImport,
  listScheduledSyncs,
  lockImportRun,
} from "../../db/queries/import-run.ts";
import type { Deps } from "../../deps.ts";
import type { PullCapabilities } from "../../domain/pull.ts";
import { pullsOf } from "./contact-sync.ts";
import { publishImport } from "./publish-import.ts";
import { startScheduledImport } from "./start-import.ts";
import { goOn } from "./steer-import.ts";

const MINUTE_MS = 60_000;
/** Where a CRM does not tell of deletions, everybody is read this often to notice them. */
const FULL_EVERY_MS = 24 * 60 * MINUTE_MS;

/** The clock's turn: starts the imports whose time has come, and lets one that failed try again at its next time. */
export async function startDueImports(deps: Deps): Promise<void> {
  for (const { sync, connection } of await listScheduledSyncs(deps.db)) {
    const pulls = pullsOf(deps, connection);
    if (!pulls) continue;
    if (await retryFailed(deps, sync)) continue;
    if (!(await isDue(deps, deps.db, sync))) continue;
    await startScheduledImport(deps, connection, kindOf(deps, sync, pulls), (tx) => isDue(deps, tx, sync));
  }
}

async function isDue(deps: Deps, db: DbOrTx, sync: ContactSyncRow): Promise<boolean> {
  const last = await findLastImport(db, sync.connectionId);
  return !last || hasPassed(deps, last.createdAt, sync.everyMinutes * MINUTE_MS);
}

function kindOf(deps: Deps, { fullAt }: ContactSyncRow, { tellsDeletions }: PullCapabilities): "full" | "changes" {
  if (!fullAt) return "full";
  if (tellsDeletions) return "changes";
  return hasPassed(deps, fullAt, FULL_EVERY_MS) ? "full" : "changes";
}

async function retryFailed(deps: Deps, sync: ContactSyncRow): Promise<boolean> {
  const unfinished = await findUnfinishedImport(deps.db, sync.connectionId);
  if (!unfinished) return false;
  const waits = unfinished.status !== "failed" || !unfinished.finishedAt;
  if (waits || !hasPassed(deps, unfinished.finishedAt ?? deps.now(), sync.everyMinutes * MINUTE_MS)) return true;
  await deps.db.transaction(async (tx) => {
    const run = await lockImportRun(tx, unfinished.id);
    if (run?.status === "failed") await goOn(deps, tx, run);
  });
  publishImport(deps, unfinished.id);
  return true;
}

function hasPassed({ now }: Deps, since: Date, ms: number): boolean {
  return now().getTime() - since.getTime() >= ms;
}
