import type { Tx } from "../../db/client.ts";
import { findBudget } from "../../db/queries/call-budget.ts";
import { type ConnectionRow, updateConnection } from "../../db/queries/connection.ts";
import { type SyncRunRow, updateRun } from "../../db/queries/sync-run.ts";
import type { Deps } from "../../deps.ts";
import { ConnectorError, RECOVERY } from "../../domain/connector-error.ts";
import { backoffMs, MAX_ATTEMPTS } from "../../domain/sync/backoff.ts";
import { markRefused } from "../connections/mark-refused.ts";
import { AttemptFailed } from "./attempt-failed.ts";
import { endRun } from "./end-run.ts";
import { attemptLog } from "./finish-run.ts";
import type { RunContext } from "./run-context.ts";

/** A CRM that answers nobody is waited for; after this, failed attempts count again. */
export const LONGEST_OUTAGE_MS = 4 * 60 * 60_000;
const OUTAGE_WORDS = `This is tried again by itself, for ${LONGEST_OUTAGE_MS / 3_600_000} hours before it is given up.`;
const LOOK_AGAIN_MS = 1_000;

interface Attempt {
  readonly run: SyncRunRow;
  readonly connection: ConnectionRow;
  readonly lease: string;
}

/**
 * What a failed attempt leads to: another one later, a connection that needs somebody, or the dead letter with the CRM's own
 * reason. Everything in one transaction, and only while the run is still this attempt's.
 */
export async function handleFailure(deps: Deps, attempt: Attempt, error: unknown): Promise<void> {
  const cause = error instanceof AttemptFailed ? error.cause : error;
  const context = error instanceof AttemptFailed ? error.context : null;
  if (!(cause instanceof ConnectorError)) {
    deps.log.error({ err: cause, runId: attempt.run.id }, "a sync run failed inside Rolodesk");
    return await retryLater(deps, attempt, context, "Rolodesk met an error of its own; see the server's log.");
  }
  switch (RECOVERY[cause.code]) {
    case "reconnect":
      return await needsReconnect(deps, attempt, context, cause);
    case "review":
      return await fail(deps, attempt, context, cause.message, cause);
    case "retry":
    case "replan":
      if (cause.code === "rate_limited") return await waitForCrm(deps, attempt, context, cause);
      return await retryLater(deps, attempt, context, cause.message, cause);
  }
}

async function retryLater(
  deps: Deps,
  attempt: Attempt,
  context: RunContext | null,
  reason: string,
  error?: ConnectorError,
): Promise<void> {
  const { run } = attempt;
  const downForMs = error?.code === "unavailable" ? await outage(deps, attempt.connection.id) : null;
  if (downForMs !== null) {
    const words = `${reason} ${OUTAGE_WORDS}`;
    const later = { reason: words, delay: downForMs, attempts: run.attempts - 1, ...createOutcome(run, error) };
    return await postpone(deps, attempt, context, later);
  }
  if (run.attempts >= MAX_ATTEMPTS) return await fail(deps, attempt, context, reason, error);
  const delay = error?.retryAfterMs ?? backoffMs(run.attempts, deps.random());
  await postpone(deps, attempt, context, { reason, delay, ...createOutcome(run, error) });
}

/**
 * ms until a CRM that answers nobody is tried again; null when it is not known to be down, or has been for too long. An outage is
 * no failure of the runs that meet it.
 */
async function outage(deps: Deps, connectionId: string): Promise<number | null> {
  const budget = await findBudget(deps.db, connectionId);
  if (!budget?.openUntil || !budget.openedAt) return null;
  const now = deps.now().getTime();
  if (now - budget.openedAt.getTime() > LONGEST_OUTAGE_MS) return null;
  return Math.max(budget.openUntil.getTime() - now, LOOK_AGAIN_MS);
}

/** A create the CRM refused was not made; one whose answer was lost, now or earlier, stays noted as sent. */
function createOutcome(run: SyncRunRow, error: ConnectorError | undefined): { createSentAt?: null } {
  return error?.outcome === "none" && run.createSentAt === null ? { createSentAt: null } : {};
}

/** Being asked to wait is no failure of the run: it does not count as an attempt. */
async function waitForCrm(
  deps: Deps,
  attempt: Attempt,
  context: RunContext | null,
  error: ConnectorError,
): Promise<void> {
  const { run, connection } = attempt;
  const delay = error.retryAfterMs ?? backoffMs(Math.max(1, run.attempts), deps.random());
  const change = { reason: error.message, delay, attempts: run.attempts - 1, ...createOutcome(run, error) };
  await postpone(deps, attempt, context, change, async (tx) => {
    if (error.status === 429) await updateConnection(tx, connection.id, { waitUntil: after(deps, delay) });
  });
}

async function postpone(
  deps: Deps,
  { run, lease }: Attempt,
  context: RunContext | null,
  { delay, ...change }: { reason: string; delay: number; attempts?: number; createSentAt?: null },
  alsoInTx?: (tx: Tx) => Promise<void>,
): Promise<void> {
  const nextAttemptAt = after(deps, delay);
  await deps.db.transaction(async (tx) => {
    const waiting = { ...logOf(deps, context), ...change, status: "waiting" as const, nextAttemptAt, lease: null };
    if (!(await updateRun(tx, run.id, waiting, lease))) return;
    await alsoInTx?.(tx);
    await deps.enqueueRun(tx, run, nextAttemptAt);
  });
}

/** The connection waits for a person; its runs stay queued and go on when it is reconnected. */
async function needsReconnect(
  deps: Deps,
  { run, connection, lease }: Attempt,
  context: RunContext | null,
  error: ConnectorError,
): Promise<void> {
  await deps.db.transaction(async (tx) => {
    const change = { status: "queued" as const, reason: error.message, lease: null, ...createOutcome(run, error) };
    if (!(await updateRun(tx, run.id, { ...logOf(deps, context), ...change }, lease))) return;
    if (!(await markRefused(tx, connection, error.message))) await deps.enqueueRun(tx, run);
  });
  deps.publish.toAgents("everyone", "changed", {
    kind: "connection",
    id: connection.id,
    conversationId: null,
    contactId: null,
    version: connection.version + 1,
  });
}

async function fail(
  deps: Deps,
  { run, lease }: Attempt,
  context: RunContext | null,
  reason: string,
  error?: ConnectorError,
): Promise<void> {
  const change = { status: "failed", result: "failed", reason, lease: null, nextAttemptAt: null } as const;
  const log = { ...logOf(deps, context), ...createOutcome(run, error), finishedAt: deps.now() };
  await deps.db.transaction((tx) => endRun(tx, deps, run.id, { ...log, ...change }, lease));
}

function logOf(deps: Deps, context: RunContext | null) {
  return context ? attemptLog(deps, context) : {};
}

function after(deps: Deps, ms: number): Date {
  return new Date(deps.now().getTime() + ms);
}
