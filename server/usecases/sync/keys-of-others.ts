import { listLinksOfOthersByKey } from "../../db/queries/crm-link.ts";
import { findLastPlan } from "../../db/queries/sync-run.ts";
import type { Deps } from "../../deps.ts";
import { normalForm } from "../../domain/sync/normal-form.ts";
import type { SyncPlan } from "../../domain/sync/plan-sync.ts";
import { comparisonOf } from "./plan-run.ts";
import type { PushContext } from "./push-context.ts";

type Key = "email" | "phone";

/**
 * Keys of a linked person that another record has, as far as we know without asking: the last push found it there, or the
 * record of another of our contacts held it when it was read. They stay unwritten while they are the same.
 */
export async function keysOfOthers(deps: Deps, context: PushContext): Promise<Key[]> {
  const plan = await findLastPlan(deps.db, context.connection.id, context.contact.id);
  const kept: Key[] = [];
  for (const key of ["email", "phone"] as const) {
    if (wasFoundElsewhere(context, plan, key) || (await isOnAnotherLink(deps, context, key))) kept.push(key);
  }
  return kept;
}

function wasFoundElsewhere(context: PushContext, plan: SyncPlan | null, key: Key): boolean {
  const owned = plan?.decisions.filter(({ field, reason }) => field === key && reason === "owned_by_another") ?? [];
  const comparison = comparisonOf(key, context.countries);
  return owned.some(({ chat }) => normalForm(chat, comparison) === context[key]?.norm);
}

async function isOnAnotherLink(deps: Deps, context: PushContext, key: Key): Promise<boolean> {
  const held = context[key];
  if (!held) return false;
  const whose = { connectionId: context.connection.id, contactId: context.contact.id };
  const links = await listLinksOfOthersByKey(deps.db, whose, { kind: key, norm: held.norm });
  const comparison = comparisonOf(key, context.countries);
  const properties = context.mapping.filter(({ field }) => field === key).map(({ property }) => property);
  return links.some(({ seen }) => properties.some((property) => normalForm(seen[property], comparison) === held.norm));
}
