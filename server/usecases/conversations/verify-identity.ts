import type { UserActor } from "../../actor.ts";
import { insertAudit } from "../../db/queries/audit.ts";
import { lockConversation, updateConversation } from "../../db/queries/conversation.ts";
import { type FactRow, latestFacts } from "../../db/queries/fact.ts";
import { lockVisitor, updateVisitor, type VisitorRow } from "../../db/queries/visitor.ts";
import type { Deps } from "../../deps.ts";
import { DomainError } from "../../domain/domain-error.ts";
import { assertServed, getServedConversation } from "../access.ts";
import { attachContact } from "../contacts/attach-contact.ts";
import { storeFacts } from "../visitors/store-facts.ts";
import { publishConversation } from "./publish-conversation.ts";

/** An agent's explicit word: this visitor is who they claim to be. What they said in this conversation counts as verified. */
export async function verifyIdentity(deps: Deps, actor: UserActor, conversationId: string): Promise<void> {
  const { visitorId } = await getServedConversation(deps.db, actor, conversationId);
  await deps.db.transaction(async (tx) => {
    const visitor = await lockVisitor(tx, visitorId);
    const row = assertServed(actor, await lockConversation(tx, conversationId));
    const facts = [...(await latestFacts(tx, row.id)).values()];
    if (facts.length === 0) throw new DomainError("conflict", "This visitor has not said who they are yet.");

    await storeFacts(
      tx,
      deps,
      row.id,
      facts.map(({ field, value, messageSeq, source }) => ({ field, value, messageSeq, source, verified: true })),
    );
    await updateVisitor(tx, visitor.id, { identity: "verified", stated: verified(visitor, facts) });
    await attachContact(tx, deps, row.id);
    const { contactId } = await updateConversation(tx, row.id, {});
    await insertAudit(tx, deps, actor, {
      action: "visitor.verified",
      subject: { kind: "visitor", id: visitor.id },
      contactId,
      data: { conversationId: row.id, fields: facts.map(({ field }) => field) },
    });
  });
  await publishConversation(deps, conversationId);
}

function verified({ stated }: VisitorRow, facts: readonly FactRow[]): VisitorRow["stated"] {
  return { ...stated, ...Object.fromEntries(facts.map(({ field, value }) => [field, { value, verified: true }])) };
}
