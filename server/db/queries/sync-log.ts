import type { RunResult, RunStatus, RunTrigger } from "@rolodesk/shared/vocabulary";
import { and, desc, eq, gte, inArray, isNotNull, lt, ne, type SQL, sql } from "drizzle-orm";
import type { DbOrTx } from "../client.ts";
import { connection } from "../schema/connection.ts";
import { contact } from "../schema/contact.ts";
import { conversation, visitor } from "../schema/conversation.ts";
import { site } from "../schema/site.ts";
import { syncRun } from "../schema/sync.ts";
import { peopleFound } from "./people-search.ts";

interface SyncLogFilter {
  /** null: every site. */
  readonly siteIds: readonly string[] | null;
  readonly connectionId?: string;
  readonly contactId?: string;
  readonly statuses?: readonly RunStatus[];
  readonly result?: RunResult;
  readonly trigger?: RunTrigger;
  readonly search?: string;
  readonly from?: Date;
  readonly to?: Date;
}

/** Where a page ended: the sort key of its last row. */
interface SyncLogPosition {
  readonly at: Date;
  readonly id: string;
}

export type SyncLogRow = Awaited<ReturnType<typeof listSyncLog>>[number];

/** Runs with whom and what they concern, the latest first. */
export async function listSyncLog(db: DbOrTx, filter: SyncLogFilter, limit: number, after?: SyncLogPosition) {
  const beyond =
    after && sql`(${syncRun.createdAt}, ${syncRun.id}) < (${after.at.toISOString()}::timestamptz, ${after.id}::uuid)`;
  return await logRows(db)
    .where(and(matching(filter), beyond))
    .orderBy(desc(syncRun.createdAt), desc(syncRun.id))
    .limit(limit);
}

export async function findSyncLogRow(
  db: DbOrTx,
  id: string,
  siteIds: readonly string[] | null,
): Promise<SyncLogRow | undefined> {
  const [row] = await logRows(db).where(and(eq(syncRun.id, id), ofSites(siteIds)));
  return row;
}

/** Other runs of the same person and connection, the latest first. */
export async function listRunHistory(
  db: DbOrTx,
  { id, connectionId, contactId }: { id: string; connectionId: string; contactId: string },
  siteIds: readonly string[] | null,
  limit: number,
): Promise<SyncLogRow[]> {
  return await logRows(db)
    .where(and(matching({ siteIds, connectionId, contactId }), ne(syncRun.id, id)))
    .orderBy(desc(syncRun.createdAt), desc(syncRun.id))
    .limit(limit);
}

/** How many runs of a connection are in the dead letter. */
export async function countFailedRuns(db: DbOrTx, connectionId: string): Promise<number> {
  return await db.$count(syncRun, inDeadLetter(connectionId));
}

/** Runs of a connection that failed before a moment, oldest first. */
export async function listFailedRunIds(
  db: DbOrTx,
  connectionId: string,
  before: Date,
  limit: number,
): Promise<string[]> {
  const rows = await db
    .select({ id: syncRun.id })
    .from(syncRun)
    .where(and(eq(syncRun.connectionId, connectionId), eq(syncRun.status, "failed"), lt(syncRun.finishedAt, before)))
    .orderBy(syncRun.id)
    .limit(limit);
  return rows.map(({ id }) => id);
}

/** Failed, and about somebody who could be pushed again. */
function inDeadLetter(connectionId: string): SQL | undefined {
  return and(eq(syncRun.connectionId, connectionId), eq(syncRun.status, "failed"), isNotNull(syncRun.contactId));
}

function logRows(db: DbOrTx) {
  return db
    .select({
      run: syncRun,
      conversation,
      visitor: { id: visitor.id, identity: visitor.identity, stated: visitor.stated },
      contact,
      siteName: site.name,
      connectionName: connection.name,
      provider: connection.provider,
      connectionStatus: connection.status,
    })
    .from(syncRun)
    .innerJoin(conversation, eq(conversation.id, syncRun.conversationId))
    .innerJoin(visitor, eq(visitor.id, conversation.visitorId))
    .innerJoin(site, eq(site.id, conversation.siteId))
    .innerJoin(connection, eq(connection.id, syncRun.connectionId))
    .leftJoin(contact, eq(contact.id, conversation.contactId))
    .$dynamic();
}

function matching(filter: SyncLogFilter): SQL | undefined {
  const { connectionId, contactId, statuses, result, trigger, search, from, to } = filter;
  return and(
    ofSites(filter.siteIds),
    connectionId ? eq(syncRun.connectionId, connectionId) : undefined,
    contactId ? eq(syncRun.contactId, contactId) : undefined,
    statuses ? inArray(syncRun.status, [...statuses]) : undefined,
    result ? eq(syncRun.result, result) : undefined,
    trigger ? eq(syncRun.trigger, trigger) : undefined,
    from ? gte(syncRun.createdAt, from) : undefined,
    to ? lt(syncRun.createdAt, to) : undefined,
    search ? sql`${syncRun.contactId} in ${peopleFound(search)}` : undefined,
  );
}

function ofSites(siteIds: readonly string[] | null): SQL | undefined {
  return siteIds ? inArray(conversation.siteId, [...siteIds]) : undefined;
}
