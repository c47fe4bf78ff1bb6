import { and, asc, desc, eq, gt, lt, ne, sql } from "drizzle-orm";
import type { DbOrTx, Tx } from "../client.ts";
import { conversation, message } from "../schema/conversation.ts";

export type MessageRow = typeof message.$inferSelect;
export type NewMessage = Omit<MessageRow, "seq">;

/**
 * Adds a message with the conversation's next number. The conversation's row stays locked until the transaction ends, so
 * numbers have no gaps. What people write counts as life in the conversation; an event does not.
 */
export async function appendMessage(tx: Tx, added: NewMessage): Promise<MessageRow> {
  const [numbered] = await tx
    .update(conversation)
    .set({
      lastSeq: sql`${conversation.lastSeq} + 1`,
      version: sql`${conversation.version} + 1`,
      ...(added.kind === "event" ? {} : { lastMessageAt: added.createdAt }),
    })
    .where(eq(conversation.id, added.conversationId))
    .returning({ seq: conversation.lastSeq });
  if (!numbered) throw new Error(`There is no conversation ${added.conversationId}.`);
  const [row] = await tx
    .insert(message)
    .values({ ...added, ...numbered })
    .returning();
  if (!row) throw new Error("An insert answers its row.");
  return row;
}

export async function findMessageByClientId(
  db: DbOrTx,
  conversationId: string,
  clientId: string,
): Promise<MessageRow | undefined> {
  const [row] = await db
    .select()
    .from(message)
    .where(and(eq(message.conversationId, conversationId), eq(message.clientId, clientId)));
  return row;
}

/** A message this visitor sent before, in whichever of their conversations it landed. */
export async function findVisitorMessage(
  db: DbOrTx,
  visitorId: string,
  clientId: string,
): Promise<MessageRow | undefined> {
  const [row] = await db
    .select({ message })
    .from(conversation)
    .innerJoin(message, and(eq(message.conversationId, conversation.id), eq(message.clientId, clientId)))
    .where(eq(conversation.visitorId, visitorId));
  return row?.message;
}

interface MessageRange {
  readonly after?: number;
  readonly before?: number;
  readonly limit: number;
  /** Private notes are for agents only. */
  readonly notes: boolean;
}

/** Oldest first. Without `after` and `before`: the latest ones. */
export async function listMessages(
  db: DbOrTx,
  conversationId: string,
  { after, before, limit, notes }: MessageRange,
): Promise<{ messages: MessageRow[]; hasMore: boolean }> {
  const forward = after !== undefined;
  const rows = await db
    .select()
    .from(message)
    .where(
      and(
        eq(message.conversationId, conversationId),
        forward ? gt(message.seq, after) : undefined,
        before === undefined ? undefined : lt(message.seq, before),
        notes ? undefined : ne(message.kind, "note"),
      ),
    )
    .orderBy(forward ? asc(message.seq) : desc(message.seq))
    .limit(limit + 1);
  const page = rows.slice(0, limit);
  return { messages: forward ? page : page.reverse(), hasMore: rows.length > limit };
}
