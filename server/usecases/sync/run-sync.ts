import { findConnection } from "../../db/queries/connection.ts";
import { findRun, lockRun, type SyncRunRow, updateRun } from "../../db/queries/sync-run.ts";
import { resolveContactId } from "../../db/queries/visible-contacts.ts";
import type { Deps } from "../../deps.ts";
import { pushTogether } from "../sync-batch/push-together.ts";
import { attemptRun } from "./attempt-run.ts";
import { comeBackLater } from "./come-back-later.ts";
import { endRun } from "./end-run.ts";
import { handleFailure } from "./handle-failure.ts";
import { LostLease } from "./lost-lease.ts";
import { publishRun } from "./publish-run.ts";

/** How long a run waits for the holder of its record (an agent's click, a redelivered job) before it comes back later. */
const LOCK_WAIT_MS = 2_000;

/**
 * The job of one push: resolve → plan → apply, once, one at a time per connection and contact. Safe to call again at any
 * moment: a finished or vanished run is success, and a killed attempt is taken up where the CRM shows it stopped.
 */
export async function runSync(deps: Deps, { runId }: { runId: string }): Promise<void> {
  const run = await findRun(deps.db, runId);
  if (!run?.contactId || isFinished(run)) return;
  if (await pushTogether(deps, run)) return;

  const { contactId } = run;
  const held = await deps.locks.hold(run.connectionId, contactId, LOCK_WAIT_MS, () => attempt(deps, runId, contactId));
  if (held !== "done") await comeBackLater(deps, run.id);
  await publishRun(deps, runId);
}

/** `merged`: the run is the survivor's now, whose record is not held. */
async function attempt(deps: Deps, runId: string, heldContactId: string): Promise<"done" | "merged"> {
  const begun = await begin(deps, runId, heldContactId);
  if (begun === "merged") return "merged";
  if (!begun) return "done";
  await publishRun(deps, runId);
  const { run, connection, lease } = begun;
  try {
    await attemptRun(deps, run, connection, lease);
  } catch (error) {
    if (!(error instanceof LostLease)) await handleFailure(deps, { run, connection, lease }, error);
  }
  return "done";
}

/** Takes the run for this attempt; null when there is nothing to do now. */
async function begin(deps: Deps, runId: string, heldContactId: string) {
  return await deps.db.transaction(async (tx) => {
    const run = await lockRun(tx, runId);
    if (!run || isFinished(run)) return null;
    const contactId = run.contactId && ((await resolveContactId(tx, run.contactId)) ?? run.contactId);
    if (contactId !== run.contactId) await updateRun(tx, run.id, { contactId });
    if (contactId !== heldContactId) return "merged";
    const connection = await findConnection(tx, run.connectionId);
    if (!connection) {
      await endRun(tx, deps, run.id, {
        status: "failed",
        result: "failed",
        reason: "The connection was removed before this sync ran.",
        finishedAt: deps.now(),
      });
      return null;
    }
    if (connection.status !== "active") {
      await updateRun(tx, run.id, { status: "queued", nextAttemptAt: null, lease: null });
      return null;
    }
    if (connection.waitUntil && connection.waitUntil > deps.now()) {
      await updateRun(tx, run.id, { status: "waiting", nextAttemptAt: connection.waitUntil, lease: null });
      await deps.enqueueRun(tx, run, connection.waitUntil);
      return null;
    }
    const lease = deps.newId();
    const started = { attempts: run.attempts + 1, startedAt: deps.now() };
    await updateRun(tx, run.id, { ...started, status: "running", lease, nextAttemptAt: null });
    return { run: { ...run, ...started }, connection, lease };
  });
}

function isFinished(run: SyncRunRow): boolean {
  return run.status === "done" || run.status === "failed";
}
