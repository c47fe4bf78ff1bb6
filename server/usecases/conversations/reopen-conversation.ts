import type { UserActor } from "../../actor.ts";
import { insertAudit } from "../../db/queries/audit.ts";
import { lockConversation, lockOpenConversation, updateConversation } from "../../db/queries/conversation.ts";
import { appendMessage } from "../../db/queries/message.ts";
import { lockVisitor } from "../../db/queries/visitor.ts";
import type { Deps } from "../../deps.ts";
import { DomainError } from "../../domain/domain-error.ts";
import { assertServed, getServedConversation } from "../access.ts";
import { eventLine, reopened } from "./event-line.ts";
import { publishConversation } from "./publish-conversation.ts";

/** Opens an ended conversation again, unless its visitor has begun another. Its next end is a new cause of pushes. */
export async function reopenConversation(deps: Deps, actor: UserActor, conversationId: string): Promise<void> {
  const { visitorId } = await getServedConversation(deps.db, actor, conversationId);
  const event = await deps.db.transaction(async (tx) => {
    await lockVisitor(tx, visitorId);
    const row = assertServed(actor, await lockConversation(tx, conversationId));
    if (row.status === "open") return undefined;
    if (await lockOpenConversation(tx, row.visitorId)) {
      throw new DomainError("conflict", "This visitor has begun another conversation since. Answer them there.");
    }
    await updateConversation(tx, row.id, { status: "open", endedAt: null, endedBy: null, lastMessageAt: deps.now() });
    await insertAudit(tx, deps, actor, {
      action: "conversation.reopened",
      subject: { kind: "conversation", id: row.id },
      contactId: row.contactId,
    });
    return await appendMessage(tx, eventLine(deps, row.id, reopened(actor.name)));
  });
  if (event) await publishConversation(deps, conversationId, [event]);
}
