import { fieldLabel } from "@rolodesk/shared/vocabulary";
import type { Deps } from "../../deps.ts";
import type { CrmRecord } from "../../domain/connector.ts";
import { changesOf, type SyncPlan } from "../../domain/sync/plan-sync.ts";
import { planRun } from "./plan-run.ts";
import type { PushContext } from "./push-context.ts";
import type { Resolution } from "./resolution.ts";

/** What a push would do about a person once it is known who they are there. */
export type Proposal =
  | {
      readonly kind: "write";
      readonly resolution: Extract<Resolution, { kind: "record" | "create" }>;
      /** null: a new record. */
      readonly current: CrmRecord | null;
      readonly plan: SyncPlan;
    }
  | Extract<Resolution, { kind: "choose" | "leave" }>;

/**
 * The step between finding a record and writing to it, the same for a run and a dry run. `taken`: fields whose values the
 * CRM refused because another record has them.
 */
export async function proposePush(
  deps: Deps,
  context: PushContext,
  resolution: Exclude<Resolution, { kind: "gone" }>,
  taken: readonly string[] = [],
): Promise<Proposal> {
  if (resolution.kind === "choose" || resolution.kind === "leave") return resolution;
  const current = resolution.kind === "record" ? resolution.record : null;
  const notOurs = resolution.kind === "record" ? resolution.notOurs : [];
  const plan = await planRun(deps, context, {
    object: current?.object ?? context.crm.capabilities.creates ?? "",
    record: current,
    notOurs: [...notOurs, ...taken],
  });
  const missing = current ? [] : missingToCreate(context, plan);
  if (missing.length > 0) {
    const reason = `${context.crm.providerName} creates a person only with ${missing.join(" and ")}.`;
    return { kind: "leave", reason };
  }
  return { kind: "write", resolution, current, plan };
}

/** Labels of the mapped fields a create needs and the chat has not given. */
function missingToCreate({ crm, mapping }: PushContext, plan: SyncPlan): string[] {
  const given = changesOf(plan);
  const missing = crm.capabilities.requiredToCreate.filter((property) => !(property in given));
  return missing.map((property) => {
    const row = mapping.find((mapped) => mapped.property === property);
    return row ? fieldLabel(row.field).toLowerCase() : property;
  });
}
