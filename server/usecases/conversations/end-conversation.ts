import type { Actor, UserActor, VisitorActor } from "../../actor.ts";
import { insertAudit } from "../../db/queries/audit.ts";
import { type ConversationRow, lockConversation } from "../../db/queries/conversation.ts";
import type { Deps } from "../../deps.ts";
import { notFound } from "../../domain/domain-error.ts";
import { servesSite } from "../access.ts";
import { closeConversation } from "./close-conversation.ts";
import { endedByAgent, endedByVisitor } from "./event-line.ts";
import { publishConversation, publishRuns } from "./publish-conversation.ts";

/** Ends a conversation and makes its pushes necessary, in one transaction. Ending what has ended changes nothing. */
export async function endConversation(
  deps: Deps,
  actor: UserActor | VisitorActor,
  conversationId: string,
): Promise<ConversationRow> {
  const { row, closed } = await deps.db.transaction(async (tx) => {
    const row = await lockConversation(tx, conversationId);
    if (!row || !mayEnd(actor, row)) throw notFound("conversation");
    if (row.status === "ended") return { row, closed: undefined };
    const closed =
      actor.kind === "user"
        ? await closeConversation(tx, deps, row, "agent", endedByAgent(actor.name))
        : await closeConversation(tx, deps, row, "visitor", endedByVisitor());
    if (actor.kind === "user") {
      await insertAudit(tx, deps, actor, {
        action: "conversation.ended",
        subject: { kind: "conversation", id: row.id },
        contactId: row.contactId,
      });
    }
    return { row: closed.conversation, closed };
  });
  if (closed) {
    await publishConversation(deps, row.id, [closed.event]);
    publishRuns(deps, row, closed.runIds);
  }
  return row;
}

function mayEnd(actor: Actor, row: ConversationRow): boolean {
  if (actor.kind === "user") return servesSite(actor, row.siteId);
  return actor.kind === "visitor" && row.visitorId === actor.visitorId;
}
