import { asc, eq, inArray } from "drizzle-orm";
import type { DbOrTx } from "../client.ts";
import { site, siteAgent } from "../schema/site.ts";

export type SiteRow = typeof site.$inferSelect;

export async function findSite(db: DbOrTx, id: string): Promise<SiteRow | undefined> {
  const [row] = await db.select().from(site).where(eq(site.id, id));
  return row;
}

export async function findSiteByKey(db: DbOrTx, key: string): Promise<SiteRow | undefined> {
  const [row] = await db.select().from(site).where(eq(site.key, key));
  return row;
}

/** In the order they were made; `ids` null: all of them. */
export async function listSites(db: DbOrTx, ids: readonly string[] | null): Promise<SiteRow[]> {
  return await db
    .select()
    .from(site)
    .where(ids ? inArray(site.id, [...ids]) : undefined)
    .orderBy(asc(site.id));
}

export async function insertSite(db: DbOrTx, row: typeof site.$inferInsert): Promise<SiteRow> {
  const [inserted] = await db.insert(site).values(row).returning();
  if (!inserted) throw new Error("An insert answers its row.");
  return inserted;
}

export async function updateSite(db: DbOrTx, id: string, change: Partial<typeof site.$inferInsert>): Promise<SiteRow> {
  const [updated] = await db.update(site).set(change).where(eq(site.id, id)).returning();
  if (!updated) throw new Error(`There is no site ${id}.`);
  return updated;
}

/** User → the sites they serve; users who serve all sites are not in it. */
export async function sitesByAgent(db: DbOrTx): Promise<Map<string, string[]>> {
  const sites = new Map<string, string[]>();
  for (const { userId, siteId } of await db.select().from(siteAgent)) {
    sites.set(userId, [...(sites.get(userId) ?? []), siteId]);
  }
  return sites;
}

export async function replaceSitesOfAgent(db: DbOrTx, userId: string, siteIds: readonly string[]): Promise<void> {
  await db.delete(siteAgent).where(eq(siteAgent.userId, userId));
  if (siteIds.length > 0) await db.insert(siteAgent).values(siteIds.map((siteId) => ({ siteId, userId })));
}
