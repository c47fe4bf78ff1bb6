import type { RunResult } from "@rolodesk/shared/vocabulary";
import { and, desc, eq, inArray, isNull, ne, type SQL, sql } from "drizzle-orm";
import type { DbOrTx } from "../client.ts";
import { user } from "../schema/auth.ts";
import { contact } from "../schema/contact.ts";
import { conversation, message, visitor } from "../schema/conversation.ts";
import { site } from "../schema/site.ts";
import { lastWords, latestPushResult, pendingConflicts, unreadMessages } from "./inbox-columns.ts";
import { peopleFound } from "./people-search.ts";

export interface InboxFilter {
  /** null: every site. */
  readonly siteIds: readonly string[] | null;
  readonly status: "open" | "ended";
  /** A user's, nobody's, or all. */
  readonly assignee: { userId: string } | "nobody" | "anybody";
  readonly search?: string;
}

/** Where a page ended: the sort key of its last row. */
interface InboxPosition {
  readonly at: Date;
  readonly id: string;
}

const columns = {
  conversation,
  siteName: site.name,
  visitor: { id: visitor.id, identity: visitor.identity, stated: visitor.stated, attributes: visitor.attributes },
  contact,
  assigneeName: user.name,
  preview: lastWords<string | null>(message.text),
  previewKind: lastWords<(typeof message.$inferSelect)["kind"] | null>(message.kind),
  unread: unreadMessages,
  pendingConflicts,
  syncResult: sql<RunResult | null>`${latestPushResult}`,
};

export type InboxRow = Awaited<ReturnType<typeof listInbox>>[number];

/** The latest first. */
export async function listInbox(db: DbOrTx, filter: InboxFilter, limit: number, after?: InboxPosition) {
  const beyond =
    after &&
    sql`(${conversation.lastMessageAt}, ${conversation.id}) < (${after.at.toISOString()}::timestamptz, ${after.id}::uuid)`;
  return await inboxRows(db)
    .where(and(matching(filter), beyond))
    .orderBy(desc(conversation.lastMessageAt), desc(conversation.id))
    .limit(limit);
}

export async function findInboxRow(db: DbOrTx, conversationId: string): Promise<InboxRow | undefined> {
  const [row] = await inboxRows(db).where(eq(conversation.id, conversationId));
  return row;
}

/** Other conversations of a contact on the given sites, newest first. */
export async function listOtherConversations(
  db: DbOrTx,
  { contactId, id }: { contactId: string; id: string },
  siteIds: readonly string[] | null,
  limit: number,
) {
  return await db
    .select({
      id: conversation.id,
      startedAt: conversation.createdAt,
      status: conversation.status,
      preview: columns.preview,
    })
    .from(conversation)
    .innerJoin(site, eq(site.id, conversation.siteId))
    .where(and(eq(conversation.contactId, contactId), ne(conversation.id, id), ofSites(siteIds)))
    .orderBy(desc(conversation.createdAt))
    .limit(limit);
}

/** Counting stops at `most`: nobody reads a larger number. */
export async function countInbox(db: DbOrTx, filter: InboxFilter, most: number): Promise<number> {
  const rows = db.select({ one: sql`1` }).from(conversation).where(matching(filter)).limit(most).as("rows");
  const [counted] = await db.select({ n: sql<number>`count(*)::int` }).from(rows);
  return counted?.n ?? 0;
}

function inboxRows(db: DbOrTx) {
  return db
    .select(columns)
    .from(conversation)
    .innerJoin(site, eq(site.id, conversation.siteId))
    .innerJoin(visitor, eq(visitor.id, conversation.visitorId))
    .leftJoin(contact, eq(contact.id, conversation.contactId))
    .leftJoin(user, eq(user.id, conversation.assigneeId))
    .$dynamic();
}

function matching({ siteIds, status, assignee, search }: InboxFilter): SQL | undefined {
  return and(
    ofSites(siteIds),
    eq(conversation.status, status),
    assignee === "anybody"
      ? undefined
      : assignee === "nobody"
        ? isNull(conversation.assigneeId)
        : isAssignedTo(assignee),
    search ? found(search) : undefined,
  );
}

function isAssignedTo({ userId }: { userId: string }): SQL {
  return eq(conversation.assigneeId, userId);
}

function ofSites(siteIds: readonly string[] | null): SQL | undefined {
  return siteIds ? inArray(conversation.siteId, [...siteIds]) : undefined;
}

/** Parts of names, emails and phones; beginnings of the words of messages. */
function found(search: string): SQL {
  const words = search.split(/[^\p{L}\p{N}]+/u).filter(Boolean);
  const query = words.map((word) => `${word}:*`).join(" & ");
  return sql`${conversation.id} in (
    select c.id from ${conversation} c where c.contact_id in ${peopleFound(search)}
    union select ${message.conversationId} from ${message}
      where ${query !== ""} and to_tsvector('simple', ${message.text}) @@ to_tsquery('simple', ${query}))`;
}
