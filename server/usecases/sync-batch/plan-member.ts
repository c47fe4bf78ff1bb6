import type { Deps } from "../../deps.ts";
import type { CrmRecord } from "../../domain/connector.ts";
import type { CallGate } from "../../integrations/call-gate.ts";
import { openConnection } from "../connections/open-connection.ts";
import { type Applied, finishRun } from "../sync/finish-run.ts";
import { proposePush } from "../sync/propose-push.ts";
import { resolveRecord } from "../sync/resolve-record.ts";
import { earlierWrite, storePlan } from "../sync/store-plan.ts";
import { answeredBefore } from "./answered-before.ts";
import type { Member } from "./deal-with.ts";
import { GoesAlone } from "./goes-alone.ts";

/** A run whose record is known and whose plan is stored. */
export interface Planned {
  readonly member: Member;
  readonly current: CrmRecord;
  readonly applied: Omit<Applied, "record">;
}

/**
 * Resolves and plans with what the batch has read. `gate`: the batch's, through which a person's phone is looked up. Throws
 * `GoesAlone` where it takes more than that.
 */
export async function planMember(
  deps: Deps,
  member: Member,
  record: CrmRecord | null,
  gate: CallGate,
): Promise<Planned> {
  if (!record) throw new GoesAlone();
  const { context, connection, lease } = member;
  const connector = answeredBefore(context.crm.connector, record, () => {
    return openConnection(deps, connection, { lane: "end", gate, onCall: (call) => context.calls.push(call) })
      .connector;
  });
  const resolution = await resolveRecord(deps, { ...context, crm: { ...context.crm, connector } });
  if (resolution.kind !== "record") throw new GoesAlone();
  const proposal = await proposePush(deps, context, resolution);
  if (proposal.kind !== "write" || !proposal.current) throw new GoesAlone();
  const { plan, current } = proposal;
  await storePlan(deps, context, lease, plan);
  return { member, current, applied: { plan, resolution, earlier: earlierWrite(context.run.plan, plan) } };
}

/** Stores the run's end. `record`: as the CRM has it now; null when the batch did not say. */
export async function finishMember(deps: Deps, { member, applied }: Planned, record: CrmRecord | null): Promise<void> {
  if (!record) throw new GoesAlone();
  await finishRun(deps, member.context, member.lease, { ...applied, record });
}
