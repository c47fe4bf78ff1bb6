import { and, asc, desc, eq, inArray, sql } from "drizzle-orm";
import type { DbOrTx } from "../client.ts";
import { connection } from "../schema/connection.ts";
import { conflict, crmLink } from "../schema/sync.ts";
import { servesSites } from "./served-connections.ts";

/** A contact's links in connections that serve the sites, those that hold first, with how many of each one's values wait for somebody. */
export async function listContactLinks(db: DbOrTx, contactId: string, siteIds: readonly string[] | null) {
  return await db
    .select({
      link: crmLink,
      connection: {
        id: connection.id,
        name: connection.name,
        provider: connection.provider,
        status: connection.status,
      },
      pending: sql<number>`(
        select count(*)::int from ${conflict}
        where ${inArray(conflict.status, ["pending", "applying"])} and ${conflict.linkId} = ${crmLink.id})`,
    })
    .from(crmLink)
    .innerJoin(connection, eq(connection.id, crmLink.connectionId))
    .where(and(eq(crmLink.contactId, contactId), servesSites(connection.id, siteIds)))
    .orderBy(desc(crmLink.state), asc(connection.name), desc(crmLink.id));
}

export type ContactLinkRow = Awaited<ReturnType<typeof listContactLinks>>[number];
