import type { ConnectionRow } from "../../db/queries/connection.ts";
import { type ImportRunRow, updateActiveImport } from "../../db/queries/import-run.ts";
import type { Deps } from "../../deps.ts";
import { type ConnectorError, RECOVERY } from "../../domain/connector-error.ts";
import { backoffMs, MAX_ATTEMPTS } from "../../domain/sync/backoff.ts";
import { askedWait } from "../connections/asked-wait.ts";
import { markRefused } from "../connections/mark-refused.ts";
import { publishConnection } from "../connections/publish-connection.ts";
import { enqueueImport } from "./enqueue-import.ts";

/** A wait this short is part of the work; a longer one is shown. */
const UNREMARKABLE_MS = 15_000;

/** What a failed page leads to: a wait, credentials to be entered anew, or somebody who looks. Nothing of the page is stored. */
export async function afterImportFailure(
  deps: Deps,
  connection: ConnectionRow,
  run: ImportRunRow,
  error: ConnectorError,
): Promise<void> {
  const recovery = RECOVERY[error.code];
  if (recovery === "reconnect") return await waitForCredentials(deps, connection, run, error);
  if (error.code === "rate_limited") {
    const delay = await askedWait(deps, connection.id, error);
    const problem = delay > UNREMARKABLE_MS ? error.message : null;
    // kept to the pace the CRM allows, it is at work all the same
    return await tryAgain(deps, run, delay, { attempts: run.attempts, problem, activeMs: run.activeMs + delay });
  }
  const attempts = run.attempts + 1;
  if (recovery === "review" || attempts >= MAX_ATTEMPTS) {
    const problem = error.message;
    await updateActiveImport(deps.db, run.id, {
      status: "failed",
      attempts,
      problem,
      nextAttemptAt: null,
      finishedAt: deps.now(),
    });
    return;
  }
  await tryAgain(deps, run, error.retryAfterMs ?? backoffMs(attempts, deps.random()), {
    attempts,
    problem: error.message,
  });
}

async function waitForCredentials(
  deps: Deps,
  connection: ConnectionRow,
  run: ImportRunRow,
  error: ConnectorError,
): Promise<void> {
  await deps.db.transaction(async (tx) => {
    const waits = await markRefused(tx, connection, error.message);
    const isActive = await updateActiveImport(tx, run.id, {
      status: "waiting",
      problem: error.message,
      nextAttemptAt: null,
    });
    if (!waits && isActive) await enqueueImport(deps, tx, run);
  });
  publishConnection(deps, { ...connection, version: connection.version + 1 });
}

async function tryAgain(
  deps: Deps,
  run: ImportRunRow,
  delayMs: number,
  told: { readonly attempts: number; readonly problem: string | null; readonly activeMs?: number },
): Promise<void> {
  const at = new Date(deps.now().getTime() + delayMs);
  const isShown = delayMs > UNREMARKABLE_MS || told.problem !== null;
  await deps.db.transaction(async (tx) => {
    const isActive = await updateActiveImport(tx, run.id, {
      ...told,
      status: isShown ? "waiting" : "running",
      nextAttemptAt: isShown ? at : null,
    });
    if (isActive) await enqueueImport(deps, tx, run, at);
  });
}
