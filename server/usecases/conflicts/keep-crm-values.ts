import type { UserActor } from "../../actor.ts";
import { insertAudit } from "../../db/queries/audit.ts";
import { lockConflicts, updateConflict } from "../../db/queries/conflict.ts";
import { insertDismissal } from "../../db/queries/crm-link.ts";
import type { Deps } from "../../deps.ts";
import { normalForm } from "../../domain/sync/normal-form.ts";
import { comparisonOf } from "../sync/plan-run.ts";
import { countriesOf } from "./countries.ts";
import type { SeenConflict, SettleOutcome } from "./settle-conflicts.ts";

/**
 * Leaves the CRM as it is and remembers the pair, so that the same values are never asked about again. A row of which either
 * value has changed since it was seen is not covered: it stays.
 */
export async function keepCrmValues(
  deps: Deps,
  actor: UserActor,
  seen: readonly SeenConflict[],
): Promise<Map<string, SettleOutcome>> {
  const outcomes = new Map<string, SettleOutcome>();
  await deps.db.transaction(async (tx) => {
    const rows = await lockConflicts(
      tx,
      seen.map(({ conflict }) => conflict.id),
    );
    const countries = await countriesOf(tx, rows);
    for (const row of rows) {
      const comparison = comparisonOf(row.field, countries.get(row.id) ?? []);
      const asSeen = seen.find(({ conflict }) => conflict.id === row.id);
      const [chat, crm] = [normalForm(row.chatValue, comparison), normalForm(row.crmValue, comparison)];
      if (row.status !== "pending") {
        outcomes.set(row.id, "already_settled");
      } else if (
        !asSeen ||
        normalForm(asSeen.seenChatValue, comparison) !== chat ||
        normalForm(asSeen.seenCrmValue, comparison) !== crm
      ) {
        outcomes.set(row.id, "stale");
      } else {
        const decided = { status: "kept" as const, decidedBy: actor.name, decidedAt: deps.now(), problem: null };
        await updateConflict(tx, row.id, decided);
        await insertDismissal(tx, {
          linkId: row.linkId,
          property: row.property,
          chatValue: chat ?? "",
          crmValue: crm ?? "",
        });
        await insertAudit(tx, deps, actor, {
          action: "conflict.kept",
          subject: { kind: "conflict", id: row.id },
          contactId: row.contactId,
          data: { property: row.property, crmValue: row.crmValue, chatValue: row.chatValue },
        });
        outcomes.set(row.id, "kept");
      }
    }
  });
  return outcomes;
}
