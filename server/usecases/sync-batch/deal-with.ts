import type { ConnectionRow } from "../../db/queries/connection.ts";
import { type SyncRunRow, updateRun } from "../../db/queries/sync-run.ts";
import type { Deps } from "../../deps.ts";
import { ConnectorError, RECOVERY } from "../../domain/connector-error.ts";
import { AttemptFailed } from "../sync/attempt-failed.ts";
import { attemptLog } from "../sync/finish-run.ts";
import { handleFailure } from "../sync/handle-failure.ts";
import { LostLease } from "../sync/lost-lease.ts";
import type { RunContext } from "../sync/run-context.ts";
import { GoesAlone } from "./goes-alone.ts";

/** One run of a batch. */
export interface Member {
  readonly run: SyncRunRow;
  readonly connection: ConnectionRow;
  readonly lease: string;
  readonly context: RunContext;
}

/** Sees to a run for which the batch failed: a CRM that is away or asks to wait is that for one as for many, the rest goes alone. */
export async function dealWith(deps: Deps, member: Member, error: unknown): Promise<void> {
  if (error instanceof LostLease) return;
  if (error instanceof ConnectorError && concernsAll(error)) {
    return await handleFailure(deps, member, new AttemptFailed(member.context, error));
  }
  if (!(error instanceof GoesAlone) && !(error instanceof ConnectorError)) {
    deps.log.error({ err: error, runId: member.run.id }, "a batch failed inside Rolodesk; its run goes on alone");
  }
  await goAlone(deps, member);
}

/** An answer that is not understood, or values that are refused, may be one record's fault. */
function concernsAll({ code }: ConnectorError): boolean {
  return code !== "bad_response" && (RECOVERY[code] === "retry" || RECOVERY[code] === "reconnect");
}

/** From now on the run is pushed by itself. What it cost until here stays in its log; it is no failed attempt. */
export async function goAlone(
  deps: Deps,
  { run, context, lease }: Pick<Member, "run" | "lease"> & { context: RunContext | null },
): Promise<void> {
  const log = context ? attemptLog(deps, context) : {};
  const again = {
    status: "queued",
    alone: true,
    attempts: run.attempts - 1,
    nextAttemptAt: null,
    lease: null,
  } as const;
  await deps.db.transaction(async (tx) => {
    if (await updateRun(tx, run.id, { ...log, ...again }, lease)) await deps.enqueueRun(tx, run);
  });
}
