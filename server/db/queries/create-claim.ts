import { and, eq, inArray, lt } from "drizzle-orm";
import type { Tx } from "../client.ts";
import { createClaim } from "../schema/sync.ts";

type CreateClaimRow = typeof createClaim.$inferSelect;

/**
 * Takes the keys for one contact where they are free or their holder's claim is older than `staleBefore`. Returns who
 * holds each of them now. Keys are taken in one order, so that two takers never wait for each other.
 */
export async function claimKeys(
  tx: Tx,
  claim: { connectionId: string; keys: readonly string[]; contactId: string; createKey: string },
  staleBefore: Date,
): Promise<CreateClaimRow[]> {
  const { connectionId, contactId, createKey } = claim;
  const keys = [...claim.keys].sort();
  if (keys.length === 0) return [];
  await tx
    .delete(createClaim)
    .where(
      and(
        eq(createClaim.connectionId, connectionId),
        inArray(createClaim.key, keys),
        lt(createClaim.createdAt, staleBefore),
      ),
    );
  await tx
    .insert(createClaim)
    .values(keys.map((key) => ({ connectionId, key, contactId, createKey })))
    .onConflictDoNothing();
  return await tx
    .select()
    .from(createClaim)
    .where(and(eq(createClaim.connectionId, connectionId), inArray(createClaim.key, keys)))
    .orderBy(createClaim.key);
}
