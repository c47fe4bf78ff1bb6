import type { SettleConflicts } from "@rolodesk/shared/conflict";
import type { SettleOutcome } from "@rolodesk/shared/vocabulary";
import type { UserActor } from "../../actor.ts";
import { type ConflictRow, listServedConflicts } from "../../db/queries/conflict.ts";
import type { CrmLinkRow } from "../../db/queries/crm-link.ts";
import type { Deps } from "../../deps.ts";
import { DomainError, notFound } from "../../domain/domain-error.ts";
import { keepCrmValues } from "./keep-crm-values.ts";
import { otherHalves } from "./other-halves.ts";
import { publishConflicts } from "./publish-conflicts.ts";
import { useChatValues } from "./use-chat-values.ts";

/** A row as the agent saw it when deciding. */
export interface SeenConflict {
  readonly conflict: ConflictRow;
  readonly link: CrmLinkRow;
  readonly seenCrmValue: SettleConflicts["conflicts"][number]["seenCrmValue"];
  readonly seenChatValue: SettleConflicts["conflicts"][number]["seenChatValue"];
}

/**
 * Settles exactly the rows the agent saw (sync rules, 4). Keeping needs no call; using the chat's value re-reads the record, and
 * writes only where it still holds what the agent saw. Returns the outcome of each row.
 *
 * A request that has one pending half of a name and not the other is a `bad_request`, and nothing of it is settled: half a
 * decision makes a third name of two. The missing half is not added by itself, because its values were not sent as seen.
 */
export async function settleConflicts(
  deps: Deps,
  actor: UserActor,
  { decision, conflicts }: SettleConflicts,
): Promise<Map<string, SettleOutcome>> {
  const ids = [...new Set(conflicts.map(({ id }) => id))];
  const rows = new Map((await listServedConflicts(deps.db, ids, actor.siteIds)).map((row) => [row.conflict.id, row]));
  const seen = conflicts.map(({ id, ...values }): SeenConflict => {
    const row = rows.get(id);
    if (!row) throw notFound("conflict");
    return { ...row, ...values };
  });

  const left = await otherHalves(
    deps.db,
    seen.map(({ conflict }) => conflict),
  );
  if (left.length > 0) throw new DomainError("bad_request", "Settle first and last name together.");

  const outcomes = new Map<string, SettleOutcome>();
  for (const ofLink of byLink(seen)) {
    const settled =
      decision === "keep_crm" ? await keepCrmValues(deps, actor, ofLink) : await useChatValues(deps, actor, ofLink);
    for (const [id, outcome] of settled) outcomes.set(id, outcome);
  }
  publishConflicts(
    deps,
    seen.map(({ conflict }) => conflict),
  );
  return outcomes;
}

function byLink(seen: readonly SeenConflict[]): SeenConflict[][] {
  const groups = new Map<string, SeenConflict[]>();
  for (const one of seen) groups.set(one.link.id, [...(groups.get(one.link.id) ?? []), one]);
  return [...groups.values()];
}
