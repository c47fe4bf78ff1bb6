import type { SettleOutcome } from "@rolodesk/shared/vocabulary";
import { and, asc, count, eq, gt, inArray, isNull, lt, not, or, sql } from "drizzle-orm";
import type { DbOrTx, Tx } from "../client.ts";
import { connection } from "../schema/connection.ts";
import { contact } from "../schema/contact.ts";
import { conflict, settlement, settlementRow } from "../schema/sync.ts";

export type SettlementRecord = typeof settlement.$inferSelect;
export type SettlementRowRecord = typeof settlementRow.$inferSelect;

const INSERT_CHUNK = 1000;

export async function insertSettlement(
  tx: Tx,
  row: typeof settlement.$inferInsert,
  rows: readonly Omit<typeof settlementRow.$inferInsert, "settlementId" | "position">[],
): Promise<void> {
  await tx.insert(settlement).values(row);
  for (let from = 0; from < rows.length; from += INSERT_CHUNK) {
    const chunk = rows.slice(from, from + INSERT_CHUNK);
    await tx
      .insert(settlementRow)
      .values(chunk.map((one, index) => ({ ...one, settlementId: row.id, position: from + index + 1 })));
  }
}

/** Drafts of a user that were left before a moment. */
export async function deleteOldDrafts(tx: Tx, userId: string, before: Date): Promise<void> {
  await tx
    .delete(settlement)
    .where(and(eq(settlement.userId, userId), eq(settlement.status, "draft"), lt(settlement.createdAt, before)));
}

export async function findSettlement(db: DbOrTx, id: string): Promise<SettlementRecord | undefined> {
  const [row] = await db.select().from(settlement).where(eq(settlement.id, id));
  return row;
}

export async function lockSettlement(tx: Tx, id: string): Promise<SettlementRecord | undefined> {
  const [row] = await tx.select().from(settlement).where(eq(settlement.id, id)).for("update");
  return row;
}

/** Changes a settlement and counts its version up. */
export async function updateSettlement(
  db: DbOrTx,
  id: string,
  change: Partial<typeof settlement.$inferInsert>,
): Promise<void> {
  await db
    .update(settlement)
    .set({ ...change, version: sql`${settlement.version} + 1` })
    .where(eq(settlement.id, id));
}

/** The rows still to be settled that come first, those of one link. */
export async function listNextRows(
  db: DbOrTx,
  settlementId: string,
): Promise<{ row: SettlementRowRecord; linkId: string; connectionId: string }[]> {
  const open = and(eq(settlementRow.settlementId, settlementId), isNull(settlementRow.outcome));
  const rows = await db
    .select({ row: settlementRow, linkId: conflict.linkId, connectionId: conflict.connectionId })
    .from(settlementRow)
    .innerJoin(conflict, eq(conflict.id, settlementRow.conflictId))
    .where(open)
    .orderBy(asc(settlementRow.position))
    .limit(200);
  return rows.filter(({ linkId }) => linkId === rows[0]?.linkId);
}

/** Writes what became of a row, once. */
export async function storeOutcome(
  db: DbOrTx,
  { settlementId, position }: Pick<SettlementRowRecord, "settlementId" | "position">,
  outcome: SettleOutcome,
  problem: string | null,
): Promise<void> {
  await db
    .update(settlementRow)
    .set({ outcome, problem })
    .where(
      and(
        eq(settlementRow.settlementId, settlementId),
        eq(settlementRow.position, position),
        isNull(settlementRow.outcome),
      ),
    );
}

export async function countOutcomes(
  db: DbOrTx,
  settlementId: string,
): Promise<{ outcome: SettleOutcome | null; rows: number }[]> {
  return await db
    .select({ outcome: settlementRow.outcome, rows: count() })
    .from(settlementRow)
    .where(eq(settlementRow.settlementId, settlementId))
    .groupBy(settlementRow.outcome);
}

/** Rows by connection and field, with what of them cannot be settled as it was seen. */
export async function groupSettlementRows(db: DbOrTx, settlementId: string) {
  const sameValues = sql`${conflict.chatValue} = ${settlementRow.seenChatValue}
    and coalesce(${conflict.crmValue}, 'null'::jsonb) = coalesce(${settlementRow.seenCrmValue}, 'null'::jsonb)`;
  return await db
    .select({
      connectionName: connection.name,
      connectionStatus: connection.status,
      field: conflict.field,
      rows: count(),
      stale: sql<number>`count(*) filter (where ${settlementRow.outcome} is null and not (${sameValues}))::int`,
      moved: sql<number>`count(*) filter (where ${conflict.staleSince} is not null)::int`,
    })
    .from(settlementRow)
    .innerJoin(conflict, eq(conflict.id, settlementRow.conflictId))
    .innerJoin(connection, eq(connection.id, conflict.connectionId))
    .where(eq(settlementRow.settlementId, settlementId))
    .groupBy(connection.id, conflict.field)
    .orderBy(asc(connection.id), asc(conflict.field));
}

export async function listSettlementRows(
  db: DbOrTx,
  settlementId: string,
  { unsettledOnly, after, limit }: { unsettledOnly: boolean; after: number; limit: number },
) {
  const unsettled = or(isNull(settlementRow.outcome), not(inArray(settlementRow.outcome, ["applied", "kept"])));
  return await db
    .select({ row: settlementRow, conflict, contact, connectionName: connection.name })
    .from(settlementRow)
    .innerJoin(conflict, eq(conflict.id, settlementRow.conflictId))
    .innerJoin(contact, eq(contact.id, conflict.contactId))
    .innerJoin(connection, eq(connection.id, conflict.connectionId))
    .where(
      and(
        eq(settlementRow.settlementId, settlementId),
        gt(settlementRow.position, after),
        unsettledOnly ? unsettled : undefined,
      ),
    )
    .orderBy(asc(settlementRow.position))
    .limit(limit);
}
