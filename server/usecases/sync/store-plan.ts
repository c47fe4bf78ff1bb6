import { findCreateSentByOthers, updateRun } from "../../db/queries/sync-run.ts";
import type { Deps } from "../../deps.ts";
import { ConnectorError } from "../../domain/connector-error.ts";
import { changesOf, type SyncPlan } from "../../domain/sync/plan-sync.ts";
import { LostLease } from "./lost-lease.ts";
import type { RunContext } from "./run-context.ts";

/** The plan is stored before it is executed: after a crash it tells what may have been written. */
export async function storePlan(deps: Deps, context: RunContext, lease: string, plan: SyncPlan): Promise<void> {
  const creates = plan.target === null;
  if (creates) await refuseEarlySecondCreate(deps, context, plan);
  if (context.run.plan && !creates && Object.keys(changesOf(plan)).length === 0) return;
  const change = creates ? { plan, createSentAt: deps.now() } : { plan };
  if (!(await updateRun(deps.db, context.run.id, change, lease))) throw new LostLease();
}

/**
 * An earlier attempt, of this run or of another of the same person, may have created the record: wait until a lookup could
 * see it. This attempt's lookup was made after its start.
 */
async function refuseEarlySecondCreate(deps: Deps, { run, crm }: RunContext, plan: SyncPlan): Promise<void> {
  const others = await findCreateSentByOthers(deps.db, run);
  const sentAt = Math.max(run.createSentAt?.getTime() ?? 0, others?.getTime() ?? 0);
  const settlesAt = sentAt + crm.capabilities.createSettlesAfterMs(changesOf(plan));
  const lookedUpAt = (run.startedAt ?? deps.now()).getTime();
  if (sentAt === 0 || lookedUpAt >= settlesAt) return;
  throw new ConnectorError(
    "rate_limited",
    `An earlier attempt may have created the record; waiting until ${crm.providerName} would show it.`,
    { retryAfterMs: Math.max(1, settlesAt - deps.now().getTime()) },
  );
}

/**
 * The plan a killed attempt had stored, when the CRM shows that it was carried out: everything it wrote is there. The
 * log then tells what this run did, not that it found nothing to do.
 */
export function earlierWrite(earlier: SyncPlan | null, now: SyncPlan): SyncPlan | null {
  if (!earlier) return null;
  const written = Object.keys(changesOf(earlier));
  const equal = new Set(now.decisions.filter(({ reason }) => reason === "equal").map(({ property }) => property));
  return written.length > 0 && now.target !== null && written.every((property) => equal.has(property)) ? earlier : null;
}
