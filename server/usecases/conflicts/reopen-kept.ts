import type { UserActor } from "../../actor.ts";
import { insertAudit } from "../../db/queries/audit.ts";
import { type ConflictRow, lockConflicts, updateConflict } from "../../db/queries/conflict.ts";
import { deleteDismissal } from "../../db/queries/crm-link.ts";
import type { Deps } from "../../deps.ts";
import { DomainError } from "../../domain/domain-error.ts";
import { normalForm } from "../../domain/sync/normal-form.ts";
import { tellConflictQueued } from "../outgoing/tell-of-conflict.ts";
import { comparisonOf } from "../sync/plan-run.ts";
import { countriesOf } from "./countries.ts";

/** Forgets that these pairs were dismissed, and lets their conflicts wait again. No call is made. */
export async function reopenKept(
  deps: Deps,
  actor: UserActor,
  rows: readonly ConflictRow[],
): Promise<{ outcome: "undone"; message: null }> {
  await deps.db.transaction(async (tx) => {
    const locked = await lockConflicts(
      tx,
      rows.map(({ id }) => id),
    );
    assertUnchanged(rows, locked);
    const countries = await countriesOf(tx, locked);
    for (const row of locked) {
      const comparison = comparisonOf(row.field, countries.get(row.id) ?? [], row.chatValue);
      await deleteDismissal(tx, {
        linkId: row.linkId,
        property: row.property,
        chatValue: normalForm(row.chatValue, comparison) ?? "",
        crmValue: normalForm(row.crmValue, comparison) ?? "",
      });
      await updateConflict(tx, row.id, { status: "pending", decidedBy: null, decidedAt: null, problem: null });
      await tellConflictQueued(tx, deps, row.id);
      await insertAudit(tx, deps, actor, {
        action: "conflict.reopened",
        subject: { kind: "conflict", id: row.id },
        contactId: row.contactId,
        data: { property: row.property, crmValue: row.crmValue, chatValue: row.chatValue },
      });
    }
  });
  return { outcome: "undone", message: null };
}

/** One of two who undo at the same moment wins; the other is told. */
export function assertUnchanged(before: readonly ConflictRow[], now: readonly ConflictRow[]): void {
  const same = before.every((row) =>
    now.some((one) => one.id === row.id && one.version === row.version && one.contactId === row.contactId),
  );
  if (!same) throw new DomainError("conflict", "Somebody has changed this meanwhile. Look again.");
}
