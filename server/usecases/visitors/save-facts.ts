import type { VisitorConversation } from "@rolodesk/shared/conversation";
import type { SaveFacts } from "@rolodesk/shared/realtime";
import type { FactInput, VisitorIdentity } from "@rolodesk/shared/visitor";
import type { VisitorActor } from "../../actor.ts";
import { lockConversation, updateConversation } from "../../db/queries/conversation.ts";
import { findSite } from "../../db/queries/site.ts";
import { lockVisitor, updateVisitor, type VisitorRow } from "../../db/queries/visitor.ts";
import type { Deps } from "../../deps.ts";
import { DomainError, notFound } from "../../domain/domain-error.ts";
import { parseEmail } from "../../domain/identity/email.ts";
import { parsePhone } from "../../domain/identity/phone.ts";
import { toVisitorConversation, toVisitorIdentity } from "../../views/visitor.ts";
import { attachContact } from "../contacts/attach-contact.ts";
import { publishConversation } from "../conversations/publish-conversation.ts";
import { storeFacts } from "./store-facts.ts";

/** Stores what a visitor says of themselves: a claim, which gives them nothing to read. */
export async function saveFacts(
  deps: Deps,
  actor: VisitorActor,
  input: SaveFacts,
): Promise<{ identity: VisitorIdentity; conversation: VisitorConversation }> {
  const site = await findSite(deps.db, actor.siteId);
  assertReadable(input.facts, site?.defaultCountry ?? null);

  const saved = await deps.db.transaction(async (tx) => {
    const before = await lockVisitor(tx, actor.visitorId);
    const talk = await lockConversation(tx, input.conversationId);
    if (talk?.visitorId !== actor.visitorId) throw notFound("conversation");
    assertSaid(input.facts, talk.lastSeq);
    await storeFacts(
      tx,
      deps,
      talk.id,
      input.facts.map((fact) => ({ ...fact, source: fact.messageSeq ? "message" : "card" })),
    );
    const visitor = await updateVisitor(tx, actor.visitorId, claim(before, input.facts));
    await attachContact(tx, deps, talk.id);
    return { visitor, conversation: await updateConversation(tx, talk.id, {}) };
  });

  await publishConversation(deps, saved.conversation.id);
  return {
    identity: toVisitorIdentity(saved.visitor),
    conversation: toVisitorConversation(saved.conversation, saved.visitor.stated),
  };
}

function assertReadable(facts: readonly FactInput[], country: string | null): void {
  const fields: Record<string, string> = {};
  for (const [index, { field, value }] of facts.entries()) {
    if (field === "email" && !parseEmail(value)) {
      fields[`facts.${index}.value`] = "Write an email address such as ana@example.com.";
    }
    if (field === "phone" && !parsePhone(value, [country])) {
      fields[`facts.${index}.value`] = "Write the number with its country code, such as +1 202 555 0123.";
    }
  }
  const [problem] = Object.values(fields);
  if (problem) throw new DomainError("bad_request", problem, fields);
}

function assertSaid(facts: readonly FactInput[], lastSeq: number): void {
  if (facts.some(({ messageSeq }) => messageSeq !== undefined && messageSeq > lastSeq)) {
    throw new DomainError("bad_request", "No such message was sent in this conversation.");
  }
}

/** A claim never takes the place of what a signed token said. It does undo an agent's word that spoke of another value. */
function claim({ subject, identity, stated }: VisitorRow, facts: readonly FactInput[]): Partial<VisitorRow> {
  const next = { ...stated };
  let contradicts = false;
  for (const { field, value } of facts) {
    const held = stated[field];
    if (held?.value === value || (subject !== null && held?.verified)) continue;
    contradicts ||= held?.verified ?? false;
    next[field] = { value, verified: false };
  }
  const claimed = identity === "anonymous" || contradicts;
  return { stated: next, identity: claimed ? "claimed" : identity };
}
