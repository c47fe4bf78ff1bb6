import { and, asc, desc, eq, inArray, lt, notInArray, type SQL, sql } from "drizzle-orm";
import type { DbOrTx, Tx } from "../client.ts";
import { connection } from "../schema/connection.ts";
import { contactSync, importDetail, importRun } from "../schema/import.ts";
import { crmLink } from "../schema/sync.ts";
import type { ConnectionRow } from "./connection.ts";
import type { CrmLinkRow } from "./crm-link.ts";

export type ImportRunRow = typeof importRun.$inferSelect;
export type ImportDetailRow = typeof importDetail.$inferSelect;
export type ContactSyncRow = typeof contactSync.$inferSelect;

const FINISHED = ["done", "cancelled"] as const;

export async function findContactSync(db: DbOrTx, connectionId: string): Promise<ContactSyncRow | undefined> {
  const [row] = await db.select().from(contactSync).where(eq(contactSync.connectionId, connectionId));
  return row;
}

export async function saveContactSync(tx: Tx, row: typeof contactSync.$inferInsert): Promise<void> {
  const { connectionId: _key, ...rest } = row;
  await tx.insert(contactSync).values(row).onConflictDoUpdate({ target: contactSync.connectionId, set: rest });
}

/**
 * Notes how far a reading of the people with `sync.tag` has come. Not where others are wanted by now: they have not been read.
 * `sync` is what is stored where nobody has said yet how contacts come in.
 */
export async function advanceContactSync(
  tx: Tx,
  sync: ContactSyncRow,
  reached: Partial<Pick<ContactSyncRow, "cursor" | "fullAt">>,
): Promise<void> {
  await tx
    .insert(contactSync)
    .values({ ...sync, ...reached })
    .onConflictDoUpdate({
      target: contactSync.connectionId,
      set: reached,
      setWhere: sql`${contactSync.tag} is not distinct from ${sync.tag}::text`,
    });
}

/** Connections that are to be read by the clock, with how. */
export async function listScheduledSyncs(
  db: DbOrTx,
): Promise<{ readonly sync: ContactSyncRow; readonly connection: ConnectionRow }[]> {
  return await db
    .select({ sync: contactSync, connection })
    .from(contactSync)
    .innerJoin(connection, eq(connection.id, contactSync.connectionId))
    .where(
      and(sql`${contactSync.everyMinutes} > 0`, eq(connection.status, "active"), sql`${connection.removedAt} is null`),
    )
    .orderBy(asc(connection.id));
}

export async function insertImportRun(tx: Tx, row: typeof importRun.$inferInsert): Promise<void> {
  await tx.insert(importRun).values(row);
}

export async function findImportRun(db: DbOrTx, id: string): Promise<ImportRunRow | undefined> {
  const [row] = await db.select().from(importRun).where(eq(importRun.id, id));
  return row;
}

export async function lockImportRun(tx: Tx, id: string): Promise<ImportRunRow | undefined> {
  const [row] = await tx.select().from(importRun).where(eq(importRun.id, id)).for("update");
  return row;
}

export async function findUnfinishedImport(db: DbOrTx, connectionId: string): Promise<ImportRunRow | undefined> {
  const [row] = await db
    .select()
    .from(importRun)
    .where(and(eq(importRun.connectionId, connectionId), notInArray(importRun.status, [...FINISHED])));
  return row;
}

export async function findLastImport(db: DbOrTx, connectionId: string): Promise<ImportRunRow | undefined> {
  const [row] = await db
    .select()
    .from(importRun)
    .where(eq(importRun.connectionId, connectionId))
    .orderBy(desc(importRun.id))
    .limit(1);
  return row;
}

/** Changes a run and counts its version up. */
export async function updateImportRun(
  tx: DbOrTx,
  id: string,
  change: Partial<typeof importRun.$inferInsert>,
): Promise<void> {
  await tx
    .update(importRun)
    .set({ ...change, version: sql`${importRun.version} + 1` })
    .where(eq(importRun.id, id));
}

/** The same, unless somebody has paused, cancelled or finished it meanwhile. Returns whether it was changed. */
export async function updateActiveImport(
  tx: DbOrTx,
  id: string,
  change: Partial<typeof importRun.$inferInsert>,
): Promise<boolean> {
  const changed = await tx
    .update(importRun)
    .set({ ...change, version: sql`${importRun.version} + 1` })
    .where(and(eq(importRun.id, id), inArray(importRun.status, ["running", "waiting"])))
    .returning({ id: importRun.id });
  return changed.length > 0;
}

export interface ListedImport {
  readonly run: ImportRunRow;
  readonly connection: Pick<ConnectionRow, "name" | "provider">;
}

const LISTED = { run: importRun, connection: { name: connection.name, provider: connection.provider } };

/** Newest first, those of removed connections too. */
export async function listImportRuns(
  db: DbOrTx,
  { connectionId, before }: { readonly connectionId?: string; readonly before?: string },
  limit: number,
): Promise<ListedImport[]> {
  return await db
    .select(LISTED)
    .from(importRun)
    .innerJoin(connection, eq(connection.id, importRun.connectionId))
    .where(
      and(
        connectionId === undefined ? undefined : eq(importRun.connectionId, connectionId),
        before === undefined ? undefined : lt(importRun.id, before),
      ),
    )
    .orderBy(desc(importRun.id))
    .limit(limit);
}

export async function findListedImport(db: DbOrTx, id: string): Promise<ListedImport | undefined> {
  const [row] = await db
    .select(LISTED)
    .from(importRun)
    .innerJoin(connection, eq(connection.id, importRun.connectionId))
    .where(eq(importRun.id, id));
  return row;
}

export async function insertImportDetails(tx: Tx, rows: readonly (typeof importDetail.$inferInsert)[]): Promise<void> {
  if (rows.length > 0) await tx.insert(importDetail).values([...rows]);
}

/** In the order they were met. */
export async function listImportDetails(
  db: DbOrTx,
  {
    runId,
    outcome,
    after,
  }: { readonly runId: string; readonly outcome?: ImportDetailRow["outcome"]; readonly after?: string },
  limit: number,
): Promise<ImportDetailRow[]> {
  const wanted: (SQL | undefined)[] = [
    eq(importDetail.runId, runId),
    outcome === undefined ? undefined : eq(importDetail.outcome, outcome),
    after === undefined ? undefined : sql`${importDetail.id} > ${after}`,
  ];
  return await db
    .select()
    .from(importDetail)
    .where(and(...wanted))
    .orderBy(asc(importDetail.id))
    .limit(limit);
}

/** Live links of a connection whose record was not met since, in the order of their ids. */
export async function listUnseenLinks(
  db: DbOrTx,
  {
    connectionId,
    since,
    after,
  }: { readonly connectionId: string; readonly since: Date; readonly after: string | null },
  limit: number,
): Promise<CrmLinkRow[]> {
  return await db
    .select()
    .from(crmLink)
    .where(
      and(
        eq(crmLink.connectionId, connectionId),
        eq(crmLink.state, "live"),
        lt(crmLink.lastSyncedAt, since),
        after === null ? undefined : sql`${crmLink.id} > ${after}`,
      ),
    )
    .orderBy(asc(crmLink.id))
    .limit(limit);
}

export async function countLiveLinks(db: DbOrTx, ids: readonly string[]): Promise<number> {
  if (ids.length === 0) return 0;
  return (
    await db
      .select({ id: crmLink.id })
      .from(crmLink)
      .where(and(inArray(crmLink.id, [...ids]), eq(crmLink.state, "live")))
  ).length;
}
