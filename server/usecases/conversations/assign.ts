import type { UserActor } from "../../actor.ts";
import { insertAudit } from "../../db/queries/audit.ts";
import { lockConversation, updateConversation } from "../../db/queries/conversation.ts";
import { appendMessage } from "../../db/queries/message.ts";
import { sitesByAgent } from "../../db/queries/site.ts";
import { findUser } from "../../db/queries/user.ts";
import type { Deps } from "../../deps.ts";
import { DomainError } from "../../domain/domain-error.ts";
import { assertServed } from "../access.ts";
import { eventLine, joined } from "./event-line.ts";
import { publishConversation } from "./publish-conversation.ts";

/** Gives a conversation to an agent who serves its site, or to nobody. */
export async function assign(
  deps: Deps,
  actor: UserActor,
  conversationId: string,
  userId: string | null,
): Promise<void> {
  const added = await deps.db.transaction(async (tx) => {
    const row = assertServed(actor, await lockConversation(tx, conversationId));
    if (row.assigneeId === userId) return undefined;
    await insertAudit(tx, deps, actor, {
      action: "conversation.assigned",
      subject: { kind: "conversation", id: row.id },
      contactId: row.contactId,
      data: { from: row.assigneeId, to: userId },
    });
    const assignee = userId === null ? null : await findUser(tx, userId);
    if (assignee === null) {
      await updateConversation(tx, row.id, { assigneeId: null });
      return [];
    }
    const sites = assignee?.role === "agent" ? (await sitesByAgent(tx)).get(assignee.id) : undefined;
    if (!assignee || assignee.banned || (sites && !sites.includes(row.siteId))) {
      throw new DomainError("bad_request", "This person does not serve the site.", { userId: "Choose somebody else." });
    }
    await updateConversation(tx, row.id, { assigneeId: assignee.id });
    return [await appendMessage(tx, eventLine(deps, row.id, joined(assignee.name)))];
  });
  if (added) await publishConversation(deps, conversationId, added);
}
