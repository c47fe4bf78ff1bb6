import type { UserActor, VisitorActor } from "../../actor.ts";
import { advanceReader, findConversation } from "../../db/queries/conversation.ts";
import type { Deps } from "../../deps.ts";
import { notFound } from "../../domain/domain-error.ts";
import { servesSite } from "../access.ts";
import { publishConversation } from "./publish-conversation.ts";

/** Remembers up to where a side has read. It only moves forward. */
export async function markRead(
  deps: Deps,
  actor: UserActor | VisitorActor,
  { conversationId, seq }: { conversationId: string; seq: number },
): Promise<void> {
  const row = await findConversation(deps.db, conversationId);
  const mayRead = actor.kind === "visitor" ? row?.visitorId === actor.visitorId : row && servesSite(actor, row.siteId);
  if (!mayRead) throw notFound("conversation");
  const reader = actor.kind === "visitor" ? "readByVisitor" : "readByAgents";
  if (await advanceReader(deps.db, conversationId, reader, seq)) await publishConversation(deps, conversationId);
}
