import type { Provider } from "@rolodesk/shared/vocabulary";
import { and, eq, lt } from "drizzle-orm";
import type { DbOrTx, Tx } from "../client.ts";
import { connectionGrant, pendingAuthorization } from "../schema/authorization.ts";

export type ConnectionGrantRow = typeof connectionGrant.$inferSelect;
export type PendingAuthorizationRow = typeof pendingAuthorization.$inferSelect;

export async function findGrant(db: DbOrTx, connectionId: string): Promise<ConnectionGrantRow | undefined> {
  const [row] = await db.select().from(connectionGrant).where(eq(connectionGrant.connectionId, connectionId));
  return row;
}

/** The first grant of a connection, or one that takes the place of all before. */
export async function putGrant(tx: Tx, row: typeof connectionGrant.$inferInsert): Promise<void> {
  const { tokens, expiresAt } = row;
  await tx
    .insert(connectionGrant)
    .values(row)
    .onConflictDoUpdate({ target: connectionGrant.connectionId, set: { tokens, expiresAt, refreshSentAt: null } });
}

/** Changes a grant unless another took its place since it was read. Returns whether it did. */
export async function changeGrant(
  db: DbOrTx,
  read: ConnectionGrantRow,
  change: Partial<Pick<ConnectionGrantRow, "tokens" | "expiresAt" | "refreshSentAt">>,
): Promise<boolean> {
  const changed = await db
    .update(connectionGrant)
    .set(change)
    .where(and(eq(connectionGrant.connectionId, read.connectionId), eq(connectionGrant.tokens, read.tokens)))
    .returning({ id: connectionGrant.connectionId });
  return changed.length > 0;
}

export async function deleteGrant(tx: Tx, connectionId: string): Promise<void> {
  await tx.delete(connectionGrant).where(eq(connectionGrant.connectionId, connectionId));
}

export async function insertPendingAuthorization(tx: Tx, row: typeof pendingAuthorization.$inferInsert): Promise<void> {
  await tx.insert(pendingAuthorization).values(row);
}

/** Takes an authorization away from everybody else who comes with its state; only for who began it, at this vendor. */
export async function takePendingAuthorization(
  db: DbOrTx,
  { stateHash, sessionId, provider }: { stateHash: string; sessionId: string; provider: Provider },
): Promise<PendingAuthorizationRow | undefined> {
  const [row] = await db
    .delete(pendingAuthorization)
    .where(
      and(
        eq(pendingAuthorization.stateHash, stateHash),
        eq(pendingAuthorization.sessionId, sessionId),
        eq(pendingAuthorization.provider, provider),
      ),
    )
    .returning();
  return row;
}

export async function purgePendingAuthorizations(tx: Tx, before: Date): Promise<void> {
  await tx.delete(pendingAuthorization).where(lt(pendingAuthorization.expiresAt, before));
}

export async function dropPendingAuthorizations(tx: Tx, connectionId: string): Promise<void> {
  await tx.delete(pendingAuthorization).where(eq(pendingAuthorization.connectionId, connectionId));
}
