import type { SettleOutcome } from "@rolodesk/shared/vocabulary";
import type { UserActor } from "../../actor.ts";
import type { Tx } from "../../db/client.ts";
import { insertAudit } from "../../db/queries/audit.ts";
import { type ConflictRow, lockConflicts, updateConflict } from "../../db/queries/conflict.ts";
import { insertDismissal } from "../../db/queries/crm-link.ts";
import type { Deps } from "../../deps.ts";
import { unitOf } from "../../domain/sync/keep-name-together.ts";
import { type Comparison, normalForm } from "../../domain/sync/normal-form.ts";
import { tellConflictSettled } from "../outgoing/tell-of-conflict.ts";
import { comparisonOf } from "../sync/plan-run.ts";
import { countriesOf } from "./countries.ts";
import { brokenUnits } from "./other-halves.ts";
import type { SeenConflict } from "./settle-conflicts.ts";

/**
 * Leaves the CRM as it is and remembers the pair, so that the same values are never asked about again. A row of which either
 * value has changed since it was seen is not covered: it stays, and the other half of a name stays with it.
 */
export async function keepCrmValues(
  deps: Deps,
  actor: UserActor,
  seen: readonly SeenConflict[],
): Promise<Map<string, SettleOutcome>> {
  const outcomes = new Map<string, SettleOutcome>();
  const decidedAt = deps.now();
  await deps.db.transaction(async (tx) => {
    const rows = await lockConflicts(
      tx,
      seen.map(({ conflict }) => conflict.id),
    );
    const countries = await countriesOf(tx, rows);
    for (const row of rows) {
      const comparison = comparisonOf(row.field, countries.get(row.id) ?? [], row.chatValue);
      if (row.status !== "pending") outcomes.set(row.id, "already_settled");
      else if (!isAsSeen(row, seen, comparison)) outcomes.set(row.id, "stale");
    }
    const broken = await brokenUnits(tx, rows, outcomes);
    for (const row of rows) {
      if (outcomes.has(row.id)) continue;
      outcomes.set(row.id, broken.has(unitOf(row.field)) ? "stale" : "kept");
      if (outcomes.get(row.id) === "kept") {
        await keep(tx, deps, actor, {
          row,
          decidedAt,
          comparison: comparisonOf(row.field, countries.get(row.id) ?? [], row.chatValue),
        });
      }
    }
  });
  return outcomes;
}

function isAsSeen(row: ConflictRow, seen: readonly SeenConflict[], comparison: Comparison): boolean {
  const asSeen = seen.find(({ conflict }) => conflict.id === row.id);
  return (
    asSeen !== undefined &&
    normalForm(asSeen.seenChatValue, comparison) === normalForm(row.chatValue, comparison) &&
    normalForm(asSeen.seenCrmValue, comparison) === normalForm(row.crmValue, comparison)
  );
}

interface Keeping {
  readonly row: ConflictRow;
  readonly comparison: Comparison;
  readonly decidedAt: Date;
}

async function keep(tx: Tx, deps: Deps, actor: UserActor, { row, comparison, decidedAt }: Keeping): Promise<void> {
  await updateConflict(tx, row.id, { status: "kept", decidedBy: actor.name, decidedAt, problem: null });
  await tellConflictSettled(tx, deps, row.id);
  await insertDismissal(tx, {
    linkId: row.linkId,
    property: row.property,
    chatValue: normalForm(row.chatValue, comparison) ?? "",
    crmValue: normalForm(row.crmValue, comparison) ?? "",
  });
  await insertAudit(tx, deps, actor, {
    action: "conflict.kept",
    subject: { kind: "conflict", id: row.id },
    contactId: row.contactId,
    data: { property: row.property, crmValue: row.crmValue, chatValue: row.chatValue },
  });
}
