import { and, eq, isNull, sql } from "drizzle-orm";
import type { DbOrTx } from "../client.ts";
import { connection, connectionSite } from "../schema/connection.ts";
import { crmLink } from "../schema/sync.ts";

/** Where a contact is linked, among the connections that serve a site. */
export async function listLiveLinks(db: DbOrTx, contactId: string, siteId: string) {
  const served = sql`(
    not exists (select 1 from ${connectionSite} where ${connectionSite.connectionId} = ${connection.id})
    or exists (select 1 from ${connectionSite}
      where ${connectionSite.connectionId} = ${connection.id} and ${connectionSite.siteId} = ${siteId}))`;
  return await db
    .select({ connectionId: crmLink.connectionId, matchedBy: crmLink.matchedBy })
    .from(crmLink)
    .innerJoin(connection, eq(connection.id, crmLink.connectionId))
    .where(and(eq(crmLink.contactId, contactId), eq(crmLink.state, "live"), isNull(connection.removedAt), served))
    .orderBy(connection.id);
}
