import { and, eq, isNull } from "drizzle-orm";
import type { DbOrTx } from "../client.ts";
import { connection } from "../schema/connection.ts";
import { crmLink } from "../schema/sync.ts";
import { servesSites } from "./served-connections.ts";

/** Where a contact is linked, among the connections that serve a site. */
export async function listLiveLinks(db: DbOrTx, contactId: string, siteId: string) {
  const isLive = and(eq(crmLink.state, "live"), isNull(connection.removedAt), servesSites(connection.id, [siteId]));
  return await db
    .select({ connectionId: crmLink.connectionId, matchedBy: crmLink.matchedBy })
    .from(crmLink)
    .innerJoin(connection, eq(connection.id, crmLink.connectionId))
    .where(and(eq(crmLink.contactId, contactId), isLive))
    .orderBy(connection.id);
}
