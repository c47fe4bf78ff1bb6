import type { UndoResult } from "@rolodesk/shared/conflict-queue";
import type { UserActor } from "../../actor.ts";
import { type ConflictRow, listServedConflicts } from "../../db/queries/conflict.ts";
import { hasNewerConflict, listUnitMembers } from "../../db/queries/conflict-queue.ts";
import type { Deps } from "../../deps.ts";
import { DomainError, notFound } from "../../domain/domain-error.ts";
import { publishConflicts } from "./publish-conflicts.ts";
import { assertUnchanged, reopenKept } from "./reopen-kept.ts";
import { writeBack } from "./write-back.ts";

export type Undone = Pick<UndoResult, "outcome" | "message"> & { readonly ids: readonly string[] };

/**
 * Takes a decision back (sync rules, 4), for both halves of a name where both were decided at once. An applied one gets the
 * CRM's former value back, as long as the record still holds what was written; a kept one is asked about again. Either
 * way the conflict waits as before. Throws `conflict` when there is nothing (any more) to take back.
 */
export async function undoDecision(deps: Deps, actor: UserActor, conflictId: string): Promise<Undone> {
  const [served] = await listServedConflicts(deps.db, [conflictId], actor.siteIds);
  if (!served) throw notFound("conflict");
  const { conflict, link } = served;
  if (conflict.status !== "applied" && conflict.status !== "kept") {
    throw new DomainError("conflict", "There is no decision to undo here.");
  }
  if (link.state !== "live") {
    throw new DomainError("conflict", "The record this was decided for is not linked any more.");
  }
  const rows = await listUnitMembers(deps.db, [conflict]);
  // somebody may have been faster between the two readings
  assertUnchanged([conflict], rows);
  for (const row of rows) await assertUndoable(deps, row);
  const undone =
    conflict.status === "kept" ? await reopenKept(deps, actor, rows) : await writeBack(deps, actor, link, rows);
  publishConflicts(deps, rows);
  return { ...undone, ids: rows.map(({ id }) => id) };
}

async function assertUndoable(deps: Deps, row: ConflictRow): Promise<void> {
  if (await hasNewerConflict(deps.db, row)) {
    throw new DomainError("conflict", "This field has had a newer conflict since, so this decision stays.");
  }
  if (row.status === "applied" && row.replaced === null) {
    throw new DomainError(
      "conflict",
      "The CRM had the chat's value already: nothing was written, so nothing can be undone.",
    );
  }
}
