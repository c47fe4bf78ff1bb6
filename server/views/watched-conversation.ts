import type { UserActor } from "../actor.ts";
import type { Db } from "../db/client.ts";
import { findConversation } from "../db/queries/conversation.ts";
import { notFound } from "../domain/domain-error.ts";

/** Whose conversation it is, for an agent who may look at it. */
export async function readWatchedConversation(
  db: Db,
  actor: UserActor,
  conversationId: string,
): Promise<{ visitorId: string; siteId: string }> {
  const row = await findConversation(db, conversationId);
  if (!row || (actor.siteIds && !actor.siteIds.includes(row.siteId))) throw notFound("conversation");
  return { visitorId: row.visitorId, siteId: row.siteId };
}
