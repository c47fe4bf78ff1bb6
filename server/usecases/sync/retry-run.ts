import type { UserActor } from "../../actor.ts";
import type { Tx } from "../../db/client.ts";
import { insertAudit } from "../../db/queries/audit.ts";
import { findConnection } from "../../db/queries/connection.ts";
import { findRun, lockRun, type SyncRunRow, updateRun } from "../../db/queries/sync-run.ts";
import type { Deps } from "../../deps.ts";
import { DomainError, notFound } from "../../domain/domain-error.ts";
import { getServedRun } from "./get-served-run.ts";
import { publishRun } from "./publish-run.ts";
import { assertActive } from "./request-sync.ts";

/** Takes a run out of the dead letter, or makes a waiting one go now. What it knew of an unanswered create stays known. */
export async function retryRun(deps: Deps, actor: UserActor, runId: string): Promise<SyncRunRow> {
  await getServedRun(deps, actor, runId);
  await deps.db.transaction(async (tx) => {
    const run = await lockRun(tx, runId);
    if (run?.status === "done") throw new DomainError("conflict", "This sync has finished. Start a new one instead.");
    if (!run?.contactId || run.status === "running") return;
    const connection = await findConnection(tx, run.connectionId);
    if (!connection) throw notFound("connection");
    assertActive(connection);
    await requeue(tx, deps, run);
    await insertAudit(tx, deps, actor, {
      action: "sync_run.retried",
      subject: { kind: "sync_run", id: run.id },
      contactId: run.contactId,
      data: { connectionId: run.connectionId },
    });
  });
  const run = await findRun(deps.db, runId);
  if (!run) throw notFound("sync");
  await publishRun(deps, runId);
  return run;
}

/** Makes a run go now, with all its attempts before it. */
export async function requeue(tx: Tx, deps: Deps, run: SyncRunRow): Promise<void> {
  const again = { status: "queued", result: null, reason: null, attempts: 0, nextAttemptAt: null } as const;
  await updateRun(tx, run.id, { ...again, finishedAt: null });
  await deps.enqueueRun(tx, run);
}
