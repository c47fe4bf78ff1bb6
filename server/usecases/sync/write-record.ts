import type { Deps } from "../../deps.ts";
import type { CrmRecord } from "../../domain/connector.ts";
import { changesOf, type SyncPlan } from "../../domain/sync/plan-sync.ts";
import type { WritingContext } from "./run-context.ts";
import { takeCreateClaim } from "./take-create-claim.ts";

/** Executes exactly this plan: at most one write. Returns the record as the CRM has it afterwards. */
export async function writeRecord(
  deps: Deps,
  context: WritingContext,
  plan: SyncPlan,
  current: CrmRecord | null,
): Promise<CrmRecord> {
  const { connector } = context.crm;
  const changes = changesOf(plan);
  if (!current) {
    const createKey = await takeCreateClaim(deps, context);
    return await connector.createContact(changes, createKey, context.properties);
  }
  if (Object.keys(changes).length === 0) return current;
  return await connector.updateContact(current, changes, plan.expectedVersion, context.properties);
}
