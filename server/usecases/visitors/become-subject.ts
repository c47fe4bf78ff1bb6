import type { Tx } from "../../db/client.ts";
import { lockOpenConversation, updateConversation } from "../../db/queries/conversation.ts";
import type { SiteRow } from "../../db/queries/site.ts";
import {
  deleteSessionsOfVisitor,
  deleteVisitorSession,
  ensureSubject,
  lockVisitor,
  markSessionRenewed,
  type SessionWithVisitor,
  updateVisitor,
  type VisitorRow,
} from "../../db/queries/visitor.ts";
import { saveVouchedRecord } from "../../db/queries/vouched.ts";
import type { Deps } from "../../deps.ts";
import { attachContact } from "../contacts/attach-contact.ts";
import { closeConversation } from "../conversations/close-conversation.ts";
import { continuedElsewhere } from "../conversations/event-line.ts";
import type { VouchedIdentity } from "./read-signed-identity.ts";
import { signedFacts, storeFacts } from "./store-facts.ts";

interface Became {
  readonly visitor: VisitorRow;
  readonly endedSessionIds: readonly string[];
  readonly touchedConversationIds: readonly string[];
}

/**
 * This browser is now a signed person. The same subject is the same visitor on every browser. What an anonymous visitor
 * has open here moves along and all their tokens die; from another signed person nothing carries over.
 */
export async function becomeSubject(
  tx: Tx,
  deps: Deps,
  site: SiteRow,
  held: SessionWithVisitor | undefined,
  { subject, stated, vouched }: VouchedIdentity,
): Promise<Became> {
  const before = held?.visitor.subject === null ? await lockVisitor(tx, held.visitor.id) : undefined;
  const person = await ensureSubject(tx, { id: deps.newId(), siteId: site.id, subject, stated });
  if (vouched) await saveVouchedRecord(tx, { visitorId: person.id, ...vouched.record });
  const ended: string[] = [];
  const moved = before ? await moveOpenConversation(tx, deps, before, person) : [];

  if (before) {
    ended.push(...(await deleteSessionsOfVisitor(tx, before.id)));
  } else if (held?.visitor.id === person.id) {
    await markSessionRenewed(tx, held.session.id, deps.now());
  } else if (held) {
    await deleteVisitorSession(tx, held.session.id);
    ended.push(held.session.id);
  }

  const open = await lockOpenConversation(tx, person.id);
  if (open) {
    await storeFacts(tx, deps, open.id, signedFacts(person.stated));
    await attachContact(tx, deps, open.id);
  }
  const visitor =
    before && moved.length > 0
      ? await updateVisitor(tx, person.id, { stated: { ...before.stated, ...person.stated } })
      : person;
  const touched = new Set([...moved, ...(open ? [open.id] : [])]);
  return { visitor, endedSessionIds: ended, touchedConversationIds: [...touched] };
}

/** Moves what is open here to the person; what they had open elsewhere ends, for only one conversation can be open. */
async function moveOpenConversation(tx: Tx, deps: Deps, from: VisitorRow, to: VisitorRow): Promise<readonly string[]> {
  const here = await lockOpenConversation(tx, from.id);
  if (!here) return [];
  const elsewhere = await lockOpenConversation(tx, to.id);
  if (elsewhere) {
    await closeConversation(tx, deps, elsewhere, "visitor", continuedElsewhere());
  }
  await updateConversation(tx, here.id, { visitorId: to.id, contactId: to.contactId });
  return elsewhere ? [elsewhere.id, here.id] : [here.id];
}
