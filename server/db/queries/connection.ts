import type { Provider } from "@rolodesk/shared/vocabulary";
import { and, asc, count, eq, inArray, isNull, max, notExists, or, sql } from "drizzle-orm";
import type { FieldDescription } from "../../domain/connector.ts";
import type { DbOrTx, Tx } from "../client.ts";
import { connection, connectionSite, fieldMapping } from "../schema/connection.ts";
import { crmLink, syncRun } from "../schema/sync.ts";

export type ConnectionRow = typeof connection.$inferSelect;
export type FieldMappingRow = typeof fieldMapping.$inferSelect;

export async function findConnection(db: DbOrTx, id: string): Promise<ConnectionRow | undefined> {
  const [row] = await db
    .select()
    .from(connection)
    .where(and(eq(connection.id, id), isNull(connection.removedAt)));
  return row;
}

export async function lockConnection(tx: Tx, id: string): Promise<ConnectionRow | undefined> {
  const [row] = await tx
    .select()
    .from(connection)
    .where(and(eq(connection.id, id), isNull(connection.removedAt)))
    .for("update");
  return row;
}

/** The CRM a connection is (or, removed, was) an account in. */
export async function findProvider(db: DbOrTx, id: string): Promise<Provider> {
  const [row] = await db.select({ provider: connection.provider }).from(connection).where(eq(connection.id, id));
  if (!row) throw new Error(`There is no connection ${id}.`);
  return row.provider;
}

export async function listConnections(db: DbOrTx): Promise<ConnectionRow[]> {
  return await db.select().from(connection).where(isNull(connection.removedAt)).orderBy(connection.id);
}

/** Connections that serve a site, in the order they were made. */
export async function listConnectionsOfSite(db: DbOrTx, siteId: string): Promise<ConnectionRow[]> {
  const own = db.select().from(connectionSite).where(eq(connectionSite.connectionId, connection.id));
  const forThisSite = db
    .select({ id: connectionSite.connectionId })
    .from(connectionSite)
    .where(eq(connectionSite.siteId, siteId));
  return await db
    .select()
    .from(connection)
    .where(and(isNull(connection.removedAt), or(notExists(own), inArray(connection.id, forThisSite))))
    .orderBy(connection.id);
}

export async function insertConnection(tx: Tx, row: typeof connection.$inferInsert): Promise<void> {
  await tx.insert(connection).values(row);
}

/** Changes a connection and counts its version up. */
export async function updateConnection(
  tx: DbOrTx,
  id: string,
  change: Partial<typeof connection.$inferInsert>,
): Promise<void> {
  await tx
    .update(connection)
    .set({ ...change, version: sql`${connection.version} + 1` })
    .where(eq(connection.id, id));
}

export async function listConnectionSites(db: DbOrTx, connectionIds: string[]): Promise<Map<string, string[]>> {
  const sites = new Map<string, string[]>(connectionIds.map((id) => [id, []]));
  if (connectionIds.length === 0) return sites;
  const rows = await db.select().from(connectionSite).where(inArray(connectionSite.connectionId, connectionIds));
  for (const row of rows) sites.get(row.connectionId)?.push(row.siteId);
  return sites;
}

export async function replaceConnectionSites(tx: Tx, connectionId: string, siteIds: readonly string[]): Promise<void> {
  await tx.delete(connectionSite).where(eq(connectionSite.connectionId, connectionId));
  if (siteIds.length > 0) {
    await tx.insert(connectionSite).values(siteIds.map((siteId) => ({ connectionId, siteId })));
  }
}

export async function listMapping(db: DbOrTx, connectionId: string): Promise<FieldMappingRow[]> {
  return await db
    .select()
    .from(fieldMapping)
    .where(eq(fieldMapping.connectionId, connectionId))
    .orderBy(asc(fieldMapping.position));
}

export async function replaceMapping(
  tx: Tx,
  connectionId: string,
  rows: (typeof fieldMapping.$inferInsert)[],
): Promise<void> {
  await tx.delete(fieldMapping).where(eq(fieldMapping.connectionId, connectionId));
  if (rows.length > 0) await tx.insert(fieldMapping).values(rows);
}

/** Keeps what a mapped field is like, for rows saved before anybody had looked. */
export async function rememberDescribed(db: DbOrTx, rowId: string, described: FieldDescription): Promise<void> {
  await db
    .update(fieldMapping)
    .set({ described })
    .where(and(eq(fieldMapping.id, rowId), isNull(fieldMapping.described)));
}

/** connection → how many of its runs are unfinished, and when it last synced somebody. */
export async function listConnectionActivity(
  db: DbOrTx,
): Promise<Map<string, { waitingRuns: number; lastSyncedAt: Date | null }>> {
  const waiting = await db
    .select({ id: syncRun.connectionId, runs: count() })
    .from(syncRun)
    .where(inArray(syncRun.status, ["queued", "running", "waiting"]))
    .groupBy(syncRun.connectionId);
  const synced = await db
    .select({ id: crmLink.connectionId, at: max(crmLink.lastSyncedAt) })
    .from(crmLink)
    .groupBy(crmLink.connectionId);
  const activity = new Map<string, { waitingRuns: number; lastSyncedAt: Date | null }>();
  for (const { id, runs } of waiting) activity.set(id, { waitingRuns: runs, lastSyncedAt: null });
  for (const { id, at } of synced)
    activity.set(id, { waitingRuns: activity.get(id)?.waitingRuns ?? 0, lastSyncedAt: at });
  return activity;
}
