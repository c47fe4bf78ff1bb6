import { and, asc, desc, eq, gt, inArray, isNull, lt, notExists, or, type SQL, sql } from "drizzle-orm";
import { alias } from "drizzle-orm/pg-core";
import type { DbOrTx } from "../client.ts";
import { user } from "../schema/auth.ts";
import { connection } from "../schema/connection.ts";
import { contact } from "../schema/contact.ts";
import { conversation, visitor } from "../schema/conversation.ts";
import { site } from "../schema/site.ts";
import { conflict, crmLink } from "../schema/sync.ts";
import { type ConflictRow, isServedOn } from "./conflict.ts";

export interface QueueFilter {
  /** Sites the reader serves; null: all. */
  readonly siteIds: readonly string[] | null;
  readonly state: "open" | "decided";
  readonly connectionId?: string;
  readonly unit?: string;
  readonly before?: Date;
  readonly assignee?: { readonly userId: string } | "nobody";
  readonly siteId?: string;
}

/** Where a page ended: the id, and for decided ones also the moment, of its last row. */
export interface QueuePosition {
  readonly id: string;
  readonly decidedAt: Date | null;
}

export type QueueRow = Awaited<ReturnType<typeof listConflictQueue>>[number];

const other = alias(conflict, "other");
const OPEN: ConflictRow["status"][] = ["pending", "applying"];
const DECIDED: ConflictRow["status"][] = ["applied", "kept"];

/** Both halves of a name are one unit; every other field is its own. */
function unitOf(field: typeof conflict.field | typeof other.field): SQL<string> {
  return sql<string>`case when ${field} in ('firstName', 'lastName') then 'name' else ${field} end`;
}

/** The first row of each unit, with whom it is about: open ones oldest first, decided ones by the latest decision. */
export async function listConflictQueue(db: DbOrTx, filter: QueueFilter, limit: number, after?: QueuePosition) {
  const order = filter.state === "open" ? [asc(conflict.id)] : [desc(conflict.decidedAt), desc(conflict.id)];
  return await queueRows(db)
    .where(and(matching(db, filter), after && beyond(filter.state, after)))
    .orderBy(...order)
    .limit(limit);
}

/** The unit a conflict belongs to; undefined when the reader may not see it. */
export async function findQueueRow(
  db: DbOrTx,
  id: string,
  siteIds: readonly string[] | null,
): Promise<QueueRow | undefined> {
  const [row] = await queueRows(db).where(and(eq(conflict.id, id), isServedOn(db, siteIds)));
  return row;
}

/** Counting stops at `most`: nobody reads a larger number. */
export async function countConflictUnits(db: DbOrTx, filter: QueueFilter, most: number): Promise<number> {
  const rows = unitKeys(db, filter).limit(most).as("rows");
  const [counted] = await db.select({ n: sql<number>`count(*)::int` }).from(rows);
  return counted?.n ?? 0;
}

/** All rows of the units these belong to: open with open, decided with what was decided at the same moment. */
export async function listUnitMembers(db: DbOrTx, firsts: readonly ConflictRow[]): Promise<ConflictRow[]> {
  if (firsts.length === 0) return [];
  const units = firsts.map((first) =>
    and(
      eq(conflict.linkId, first.linkId),
      sql`${unitOf(conflict.field)} = ${first.field === "firstName" || first.field === "lastName" ? "name" : first.field}`,
      sameState(first),
    ),
  );
  return await db
    .select()
    .from(conflict)
    .where(or(...units))
    .orderBy(asc(conflict.id));
}

/** Pending rows of every unit that fits, rows of one link together. */
export async function listPendingOfUnits(db: DbOrTx, filter: QueueFilter, limit: number): Promise<ConflictRow[]> {
  const units = unitKeys(db, filter).as("units");
  const rows = await db
    .select({ conflict })
    .from(conflict)
    .innerJoin(units, and(eq(units.linkId, conflict.linkId), sql`${units.unit} = ${unitOf(conflict.field)}`))
    .where(eq(conflict.status, "pending"))
    .orderBy(asc(conflict.linkId), asc(conflict.id))
    .limit(limit);
  return rows.map((row) => row.conflict);
}

/** Whether the same field of the same record had a conflict after this one. */
export async function hasNewerConflict(db: DbOrTx, { id, linkId, property }: ConflictRow): Promise<boolean> {
  const newer = and(eq(conflict.linkId, linkId), eq(conflict.property, property), gt(conflict.id, id));
  return (await db.$count(conflict, newer)) > 0;
}

function unitKeys(db: DbOrTx, filter: QueueFilter) {
  return db
    .select({ linkId: conflict.linkId, unit: unitOf(conflict.field).as("unit") })
    .from(conflict)
    .innerJoin(connection, eq(connection.id, conflict.connectionId))
    .leftJoin(conversation, eq(conversation.id, conflict.conversationId))
    .where(matching(db, filter))
    .$dynamic();
}

function queueRows(db: DbOrTx) {
  return db
    .select({
      conflict,
      connection: {
        id: connection.id,
        name: connection.name,
        provider: connection.provider,
        status: connection.status,
      },
      link: { state: crmLink.state, url: crmLink.url },
      conversation: {
        id: conversation.id,
        siteId: conversation.siteId,
        contactId: conversation.contactId,
      },
      visitor: { id: visitor.id, identity: visitor.identity, stated: visitor.stated },
      contact,
      siteName: site.name,
      assigneeName: user.name,
    })
    .from(conflict)
    .innerJoin(connection, eq(connection.id, conflict.connectionId))
    .innerJoin(crmLink, eq(crmLink.id, conflict.linkId))
    .innerJoin(contact, eq(contact.id, conflict.contactId))
    .leftJoin(conversation, eq(conversation.id, conflict.conversationId))
    .leftJoin(visitor, eq(visitor.id, conversation.visitorId))
    .leftJoin(site, eq(site.id, conversation.siteId))
    .leftJoin(user, eq(user.id, conversation.assigneeId))
    .$dynamic();
}

function matching(db: DbOrTx, filter: QueueFilter): SQL | undefined {
  const { siteIds, state, connectionId, unit, before, assignee, siteId } = filter;
  const earlierMember = db
    .select({ one: sql`1` })
    .from(other)
    .where(
      and(
        eq(other.linkId, conflict.linkId),
        sql`${unitOf(other.field)} = ${unitOf(conflict.field)}`,
        state === "open"
          ? inArray(other.status, OPEN)
          : and(inArray(other.status, DECIDED), eq(other.decidedAt, conflict.decidedAt)),
        lt(other.id, conflict.id),
      ),
    );
  return and(
    inArray(conflict.status, state === "open" ? OPEN : DECIDED),
    isNull(connection.removedAt),
    notExists(earlierMember),
    isServedOn(db, siteIds),
    connectionId ? eq(conflict.connectionId, connectionId) : undefined,
    unit ? sql`${unitOf(conflict.field)} = ${unit}` : undefined,
    before ? lt(conflict.createdAt, before) : undefined,
    siteId ? eq(conversation.siteId, siteId) : undefined,
    assignee === "nobody" ? isNull(conversation.assigneeId) : undefined,
    typeof assignee === "object" ? eq(conversation.assigneeId, assignee.userId) : undefined,
  );
}

function beyond(state: QueueFilter["state"], { id, decidedAt }: QueuePosition): SQL | undefined {
  if (state === "open") return gt(conflict.id, id);
  const at = (decidedAt ?? new Date(0)).toISOString();
  return sql`(${conflict.decidedAt}, ${conflict.id}) < (${at}::timestamptz, ${id}::uuid)`;
}

function sameState({ status, decidedAt, id }: ConflictRow): SQL | undefined {
  if (OPEN.includes(status)) return inArray(conflict.status, OPEN);
  return decidedAt ? and(eq(conflict.status, status), eq(conflict.decidedAt, decidedAt)) : eq(conflict.id, id);
}
