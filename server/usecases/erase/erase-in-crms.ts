import { findConnection } from "../../db/queries/connection.ts";
import {
  type ErasureStepRow,
  findErasure,
  listErasureSteps,
  updateErasure,
  updateErasureStep,
} from "../../db/queries/erasure.ts";
import type { Deps } from "../../deps.ts";
import { ConnectorError, RECOVERY } from "../../domain/connector-error.ts";
import { backoffMs } from "../../domain/sync/backoff.ts";
import type { CallReport } from "../../integrations/http-client.ts";
import { markRefused } from "../connections/mark-refused.ts";
import { openConnection } from "../connections/open-connection.ts";

const MAX_ATTEMPTS = 8;
const INACTIVE_WAIT_MS = 10 * 60_000;

/**
 * The job of an erasure: deletes what waits to be deleted in CRMs, and keeps the CRM's ids of the calls as proof. What fails is
 * tried again until it is of no use; safe to call again at any moment, for a deleted record is deleted.
 */
export async function eraseInCrms(deps: Deps, { requestId }: { requestId: string }): Promise<void> {
  const request = await findErasure(deps.db, requestId);
  if (request?.status !== "running") return;
  const waits: number[] = [];
  for (const step of await listErasureSteps(deps.db, [requestId])) {
    if (step.status !== "waiting") continue;
    const wait = await take(deps, step);
    if (wait !== null) waits.push(wait);
  }
  if (waits.length > 0) {
    const runAt = new Date(deps.now().getTime() + Math.max(1_000, Math.min(...waits)));
    await deps.db.transaction((tx) =>
      deps.enqueue(tx, { name: "erase-in-crms", payload: { requestId } }, { jobKey: `erase:${requestId}`, runAt }),
    );
    return;
  }
  const failed = (await listErasureSteps(deps.db, [requestId])).some(({ status }) => status === "failed");
  await updateErasure(deps.db, requestId, { status: failed ? "failed" : "done", finishedAt: deps.now() });
}

/** Deletes one record. Returns after how many ms to try again; null when there is nothing left to try. */
async function take(deps: Deps, step: ErasureStepRow): Promise<number | null> {
  const connection = await findConnection(deps.db, step.connectionId);
  if (!connection) {
    const problem = "The connection was removed before the record could be deleted.";
    await updateErasureStep(deps.db, step.id, { status: "failed", problem });
    return null;
  }
  if (connection.status !== "active") {
    await updateErasureStep(deps.db, step.id, { problem: "The connection is not active." });
    return INACTIVE_WAIT_MS;
  }
  const calls: CallReport[] = [];
  try {
    const { connector } = openConnection(deps, connection, { lane: "end", onCall: (call) => calls.push(call) });
    await connector.deleteContact(step);
    const crmRequestIds = [...step.crmRequestIds, ...calls.flatMap(({ requestId }) => requestId ?? [])];
    await updateErasureStep(deps.db, step.id, { status: "done", doneAt: deps.now(), problem: null, crmRequestIds });
    return null;
  } catch (error) {
    if (!(error instanceof ConnectorError)) throw error;
    if (error.code !== "auth_expired") return await afterFailure(deps, step, error);
    await deps.db.transaction((tx) => markRefused(tx, connection, error.message));
    await updateErasureStep(deps.db, step.id, { problem: error.message });
    return INACTIVE_WAIT_MS;
  }
}

async function afterFailure(deps: Deps, step: ErasureStepRow, error: ConnectorError): Promise<number | null> {
  const attempts = error.code === "rate_limited" ? step.attempts : step.attempts + 1;
  const isFinal = RECOVERY[error.code] === "review" || attempts >= MAX_ATTEMPTS;
  await updateErasureStep(deps.db, step.id, {
    attempts,
    problem: error.message,
    status: isFinal ? "failed" : "waiting",
  });
  return isFinal ? null : (error.retryAfterMs ?? backoffMs(Math.max(1, attempts), deps.random()));
}
