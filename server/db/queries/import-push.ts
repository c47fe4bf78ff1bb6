import { and, asc, eq, gt, inArray, or, sql } from "drizzle-orm";
import type { DbOrTx } from "../client.ts";
import { importRow } from "../schema/staging.ts";
import { crmLink } from "../schema/sync.ts";
import type { ImportRowRow } from "./import-row.ts";

const MARKED_AT_ONCE = 10_000;

/**
 * Puts imported rows in line for a connection: those whose contact has no link there and was not pushed yet; with `retry` also
 * those that failed or wait for a choice. Returns how many rows wait now.
 */
export async function markForPush(
  db: DbOrTx,
  { batchId, connectionId, retry }: { batchId: string; connectionId: string; retry: boolean },
): Promise<number> {
  const again = retry ? sql`or push in ('failed', 'choose')` : sql``;
  for (let after = 0; ; ) {
    const rows = await db.execute<{ line: number; marks: boolean }>(sql`
      with part as (
        select line from import_row where batch_id = ${batchId} and line > ${after} order by line limit ${MARKED_AT_ONCE}
      ), marked as (
        update import_row r set push = 'waiting', push_reason = null, push_attempts = 0, version = version + 1
        from part where r.batch_id = ${batchId} and r.line = part.line and r.status = 'imported'
          and r.contact_id is not null and (r.push is null ${again})
          and not exists (
            select 1 from ${crmLink} l
            where l.contact_id = r.contact_id and l.connection_id = ${connectionId} and l.state = 'live')
      )
      select max(line) as line from part`);
    const line = rows[0]?.line ?? null;
    if (line === null) break;
    after = line;
  }
  const [waiting] = await db.select({ rows: sql<number>`count(*)::int` }).from(importRow).where(isWaiting(batchId));
  return waiting?.rows ?? 0;
}

/** The next row after a line that is in line for a push. */
export async function findNextPush(db: DbOrTx, batchId: string, after: number): Promise<ImportRowRow | undefined> {
  const [row] = await db
    .select()
    .from(importRow)
    .where(and(isWaiting(batchId), gt(importRow.line, after)))
    .orderBy(asc(importRow.line))
    .limit(1);
  return row;
}

function isWaiting(batchId: string) {
  return and(eq(importRow.batchId, batchId), eq(importRow.push, "waiting"));
}

/** Rows of a batch whose contacts a new connection would be asked to take: forgets what became of them in another. */
export async function forgetPushes(db: DbOrTx, batchId: string): Promise<void> {
  await db
    .update(importRow)
    .set({
      push: null,
      pushReason: null,
      pushKey: null,
      pushSentAt: null,
      pushPlan: null,
      pushedAt: null,
      pushAttempts: 0,
    })
    .where(
      and(
        eq(importRow.batchId, batchId),
        or(inArray(importRow.push, ["waiting", "failed", "choose", "created", "linked"])),
      ),
    );
}
