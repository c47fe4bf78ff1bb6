import type { ListSettlementRows, Settlement, SettlementRows } from "@rolodesk/shared/conflict-queue";
import { fieldLabel } from "@rolodesk/shared/vocabulary";
import type { Db } from "../db/client.ts";
import {
  countOutcomes,
  groupSettlementRows,
  listSettlementRows,
  type SettlementRecord,
} from "../db/queries/settlement.ts";
import { nameOf } from "./conflict-queue.ts";

/** What a settlement covers and how far it is. */
export async function viewSettlement(db: Db, row: SettlementRecord): Promise<Settlement> {
  const [counts, groups] = await Promise.all([countOutcomes(db, row.id), groupSettlementRows(db, row.id)]);
  const total = (of: (group: (typeof groups)[number]) => number) => groups.reduce((sum, group) => sum + of(group), 0);
  return {
    id: row.id,
    decision: row.decision,
    status: row.status,
    total: total((group) => group.rows),
    outcomes: Object.fromEntries(counts.flatMap(({ outcome, rows }) => (outcome ? [[outcome, rows] as const] : []))),
    groups: groups.map(({ connectionName, field, rows }) => ({
      connectionName,
      label: fieldLabel(field),
      count: rows,
    })),
    stale: total((group) => group.stale),
    moved: total((group) => group.moved),
    inactive: total((group) => (group.connectionStatus === "active" ? 0 : group.rows)),
    waitsUntil: row.waitsUntil?.toISOString() ?? null,
    createdAt: row.createdAt.toISOString(),
    finishedAt: row.finishedAt?.toISOString() ?? null,
    version: row.version,
  };
}

/** Its rows, in the order they are settled, each with its outcome. */
export async function readSettlementRows(
  db: Db,
  { id }: SettlementRecord,
  { show, after, limit }: ListSettlementRows,
): Promise<SettlementRows> {
  const rows = await listSettlementRows(db, id, { unsettledOnly: show === "unsettled", after, limit: limit + 1 });
  return {
    rows: rows.slice(0, limit).map(({ row, conflict, contact, connectionName }) => ({
      position: row.position,
      conflictId: row.conflictId,
      conversationId: conflict.conversationId,
      person: nameOf(contact),
      connectionName,
      label: fieldLabel(conflict.field),
      crmValue: row.seenCrmValue,
      chatValue: row.seenChatValue,
      outcome: row.outcome,
      problem: row.problem,
    })),
    more: rows.length > limit,
  };
}
