import { findLastPlan } from "../../db/queries/sync-run.ts";
import type { Deps } from "../../deps.ts";
import { normalForm } from "../../domain/sync/normal-form.ts";
import { comparisonOf } from "./plan-run.ts";
import type { RunContext } from "./run-context.ts";

/**
 * Keys that the last push found on another record. They stay unwritten while they are the same: a link is read without a
 * search, so nothing else would remember whose they are.
 */
export async function keysOfOthers(deps: Deps, context: RunContext): Promise<("email" | "phone")[]> {
  const plan = await findLastPlan(deps.db, context.connection.id, context.contact.id);
  const owned = plan?.decisions.filter(({ reason }) => reason === "owned_by_another") ?? [];
  return (["email", "phone"] as const).filter((key) =>
    owned.some(
      ({ field, chat }) =>
        field === key && normalForm(chat, comparisonOf(key, context.countries)) === context[key]?.norm,
    ),
  );
}
