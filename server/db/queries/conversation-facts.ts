import { and, asc, eq, inArray } from "drizzle-orm";
import type { ConversationFacts } from "../../domain/mapping/source-value.ts";
import type { DbOrTx } from "../client.ts";
import { user } from "../schema/auth.ts";
import { conversation, message, visitor } from "../schema/conversation.ts";

const LINES = 20;

/** What a mapping may write of a conversation. Private notes and event lines are not part of it; null: no such conversation. */
export async function readConversationFacts(db: DbOrTx, conversationId: string): Promise<ConversationFacts | null> {
  const [talk] = await db
    .select({
      page: conversation.page,
      attributes: visitor.attributes,
      agentName: user.name,
      endedAt: conversation.endedAt,
    })
    .from(conversation)
    .innerJoin(visitor, eq(visitor.id, conversation.visitorId))
    .leftJoin(user, eq(user.id, conversation.assigneeId))
    .where(eq(conversation.id, conversationId));
  if (!talk) return null;
  const rows = await db
    .select({ kind: message.kind, text: message.text })
    .from(message)
    .where(and(eq(message.conversationId, conversationId), inArray(message.kind, ["visitor", "agent"])))
    .orderBy(asc(message.seq))
    .limit(LINES);
  return {
    page: talk.page,
    attributes: talk.attributes,
    lines: rows.map(({ kind, text }) => ({ by: kind === "agent" ? "agent" : "visitor", text })),
    agentName: talk.agentName,
    endedAt: talk.endedAt?.toISOString() ?? null,
  };
}
