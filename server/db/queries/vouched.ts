import { eq, lt } from "drizzle-orm";
import type { DbOrTx, Tx } from "../client.ts";
import { conversation } from "../schema/conversation.ts";
import { spentToken, vouchedRecord } from "../schema/vouched.ts";

type VouchedRecordRow = typeof vouchedRecord.$inferSelect;

export async function saveVouchedRecord(tx: Tx, row: typeof vouchedRecord.$inferInsert): Promise<void> {
  const { object, externalId } = row;
  const target = [vouchedRecord.visitorId, vouchedRecord.connectionId];
  await tx.insert(vouchedRecord).values(row).onConflictDoUpdate({ target, set: { object, externalId } });
}

/** The records CRMs say the visitor of a conversation is, one per connection at most. */
export async function listVouchedRecords(db: DbOrTx, conversationId: string): Promise<VouchedRecordRow[]> {
  const rows = await db
    .select({ row: vouchedRecord })
    .from(vouchedRecord)
    .innerJoin(conversation, eq(conversation.visitorId, vouchedRecord.visitorId))
    .where(eq(conversation.id, conversationId));
  return rows.map(({ row }) => row);
}

/** Notes that a token was used; answers the session hash of its first use when it was before, undefined when this is it. */
export async function spendToken(
  tx: Tx,
  row: typeof spentToken.$inferInsert,
): Promise<{ readonly sessionHash: string | null } | undefined> {
  const [mine] = await tx.insert(spentToken).values(row).onConflictDoNothing().returning();
  if (mine) return undefined;
  const [first] = await tx.select().from(spentToken).where(eq(spentToken.hash, row.hash));
  return { sessionHash: first?.sessionHash ?? null };
}

export async function purgeSpentTokens(db: DbOrTx, before: Date): Promise<void> {
  await db.delete(spentToken).where(lt(spentToken.expiresAt, before));
}
