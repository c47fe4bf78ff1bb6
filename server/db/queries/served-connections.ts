import { type SQL, type SQLWrapper, sql } from "drizzle-orm";

/**
 * That a connection serves one of the sites; one that names none serves all. What is known from any other is not there for who
 * serves these sites. `siteIds` as an actor has them, null for all.
 */
export function servesSites(connectionId: SQLWrapper, siteIds: readonly string[] | null): SQL | undefined {
  if (siteIds === null) return undefined;
  const named = sql`select 1 from connection_site s where s.connection_id = ${connectionId}`;
  return sql`(not exists (${named}) or exists (${named} and s.site_id = any(${`{${siteIds.join(",")}}`}::uuid[])))`;
}
