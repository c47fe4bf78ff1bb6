import type { DraftSettlement } from "@rolodesk/shared/conflict-queue";
import type { UserActor } from "../../actor.ts";
import { type ConflictRow, listServedConflicts } from "../../db/queries/conflict.ts";
import { listPendingOfUnits } from "../../db/queries/conflict-queue.ts";
import { deleteOldDrafts, insertSettlement } from "../../db/queries/settlement.ts";
import type { Deps } from "../../deps.ts";
import { DomainError, notFound } from "../../domain/domain-error.ts";
import { toQueueFilter } from "../../views/queue-filter.ts";
import { otherHalves } from "./other-halves.ts";

const MOST_ROWS = 10_000;
const DRAFT_KEPT_MS = 86_400_000;

interface DraftRow {
  readonly conflictId: string;
  readonly seenCrmValue: ConflictRow["crmValue"];
  readonly seenChatValue: ConflictRow["chatValue"];
}

/**
 * Writes down what a settlement of many conflicts would cover, with the values seen: nothing that comes or changes later is
 * settled by it. Returns its id.
 */
export async function draftSettlement(
  deps: Deps,
  actor: UserActor,
  { decision, scope }: DraftSettlement,
): Promise<string> {
  const rows =
    scope.kind === "rows"
      ? await chosenRows(deps, actor, scope.conflicts)
      : await fittingRows(deps, actor, scope.filter);
  if (rows.length > MOST_ROWS) {
    throw new DomainError(
      "too_large",
      `These are more than ${MOST_ROWS} conflicts. Narrow the filter and settle part by part.`,
    );
  }
  const id = deps.newId();
  const now = deps.now();
  await deps.db.transaction(async (tx) => {
    await deleteOldDrafts(tx, actor.userId, new Date(now.getTime() - DRAFT_KEPT_MS));
    await insertSettlement(tx, { id, userId: actor.userId, decision, createdAt: now }, rows);
  });
  return id;
}

/** Exactly the rows the agent saw, rows of one link together. */
async function chosenRows(
  deps: Deps,
  actor: UserActor,
  chosen: Extract<DraftSettlement["scope"], { kind: "rows" }>["conflicts"],
): Promise<DraftRow[]> {
  const ids = [...new Set(chosen.map(({ id }) => id))];
  const served = await listServedConflicts(deps.db, ids, actor.siteIds);
  if (served.length < ids.length) throw notFound("conflict");
  const conflicts = served
    .map(({ conflict }) => conflict)
    .sort((a, b) => compare(a.linkId, b.linkId) || compare(a.id, b.id));
  if ((await otherHalves(deps.db, conflicts)).length > 0) {
    throw new DomainError("bad_request", "Settle first and last name together.");
  }
  return conflicts.flatMap(({ id }) => {
    const seen = chosen.find((one) => one.id === id);
    return seen ? [{ conflictId: id, seenCrmValue: seen.seenCrmValue, seenChatValue: seen.seenChatValue }] : [];
  });
}

/** All that wait and fit now; one more than may be settled at once when there are too many. */
async function fittingRows(
  deps: Deps,
  actor: UserActor,
  filter: Extract<DraftSettlement["scope"], { kind: "filter" }>["filter"],
): Promise<DraftRow[]> {
  const wanted = toQueueFilter(actor, { ...filter, state: "open" }, deps.now());
  const rows = await listPendingOfUnits(deps.db, wanted, MOST_ROWS + 1);
  return rows.map(({ id, crmValue, chatValue }) => ({
    conflictId: id,
    seenCrmValue: crmValue,
    seenChatValue: chatValue,
  }));
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
