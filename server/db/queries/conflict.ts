import { and, eq, exists, inArray, lt, type SQL, sql } from "drizzle-orm";
import type { DbOrTx, Tx } from "../client.ts";
import { conversation } from "../schema/conversation.ts";
import { conflict, crmLink } from "../schema/sync.ts";
import type { CrmLinkRow } from "./crm-link.ts";
import { servesSites } from "./served-connections.ts";

export type ConflictRow = typeof conflict.$inferSelect;

/** Those of these conflicts that may be seen and settled by who serves the sites; `null`: all sites. */
export async function listServedConflicts(
  db: DbOrTx,
  ids: readonly string[],
  siteIds: readonly string[] | null,
): Promise<{ conflict: ConflictRow; link: CrmLinkRow }[]> {
  return await db
    .select({ conflict, link: crmLink })
    .from(conflict)
    .innerJoin(crmLink, eq(crmLink.id, conflict.linkId))
    .where(and(inArray(conflict.id, [...ids]), isServedOn(db, siteIds)));
}

/** That a conflict's person has spoken on one of the sites, and that its connection serves one; `null`: all sites. */
export function isServedOn(db: DbOrTx, siteIds: readonly string[] | null): SQL | undefined {
  if (siteIds === null) return undefined;
  const spoken = db
    .select({ one: sql`1` })
    .from(conversation)
    .where(and(eq(conversation.contactId, conflict.contactId), inArray(conversation.siteId, [...siteIds])));
  return and(exists(spoken), servesSites(conflict.connectionId, siteIds));
}

export async function lockConflicts(tx: Tx, ids: readonly string[]): Promise<ConflictRow[]> {
  return await tx
    .select()
    .from(conflict)
    .where(inArray(conflict.id, [...ids]))
    .orderBy(conflict.id)
    .for("update");
}

/** Changes a conflict and counts its version up. */
export async function updateConflict(
  tx: DbOrTx,
  id: string,
  change: Partial<typeof conflict.$inferInsert>,
): Promise<void> {
  await tx
    .update(conflict)
    .set({ ...change, version: sql`${conflict.version} + 1` })
    .where(eq(conflict.id, id));
}

/** Rows a killed process left in `applying` go back to the queue: the next look tells whether they were written. */
export async function releaseAbandonedConflicts(db: DbOrTx, before: Date): Promise<void> {
  await db
    .update(conflict)
    .set({ status: "pending", applyingSince: null, version: sql`${conflict.version} + 1` })
    .where(and(eq(conflict.status, "applying"), lt(conflict.applyingSince, before)));
}
