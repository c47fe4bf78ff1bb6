import { eq } from "drizzle-orm";
import type { Tx } from "../../db/client.ts";
import { findContact, listIdentities } from "../../db/queries/contact.ts";
import { markActive } from "../../db/queries/contact-activity.ts";
import { lockContactKeys } from "../../db/queries/contact-keys.ts";
import { isReferredTo } from "../../db/queries/merge.ts";
import { MERGE_RULES } from "../../db/queries/merge-rules.ts";
import { holdCurrentContact } from "../../db/queries/visible-contacts.ts";
import { contact, contactIdentity } from "../../db/schema/contact.ts";
import { conversation, visitor } from "../../db/schema/conversation.ts";
import { site } from "../../db/schema/site.ts";
import type { Deps } from "../../deps.ts";
import { namesAgree } from "../../domain/identity/name.ts";
import { tellContactIdentified } from "../outgoing/tell-of-conversation.ts";
import { learnFacts, type Said } from "./learn-facts.ts";
import { matchContact } from "./match-contact.ts";
import { readSaid } from "./read-said.ts";

/** What a contact is kept for. Its keys alone are no reason. */
const BUT_KEYS = MERGE_RULES.filter(({ table }) => table !== contactIdentity);

/**
 * Gives a conversation the contact its facts point to: by email, then phone, the way records are matched in a CRM; a new
 * one when nobody has the keys; none while nothing but a name is known. The contact then learns what was said. Runs inside
 * the transaction that stored the facts.
 */
export async function attachContact(tx: Tx, deps: Deps, conversationId: string): Promise<void> {
  const [talk] = await tx
    .select({
      contactId: conversation.contactId,
      visitorId: conversation.visitorId,
      knownAs: visitor.contactId,
      country: site.defaultCountry,
    })
    .from(conversation)
    .innerJoin(visitor, eq(visitor.id, conversation.visitorId))
    .innerJoin(site, eq(site.id, conversation.siteId))
    .where(eq(conversation.id, conversationId))
    .for("update", { of: conversation });
  if (!talk) return;

  const said = await readSaid(tx, conversationId, talk.country);
  const known = talk.contactId ?? talk.knownAs;
  const current = known && (await holdCurrentContact(tx, known));
  const chosen = said.email || said.phone ? await chooseContact(tx, deps, said, current, conversationId) : current;
  const contactId = chosen && (await holdCurrentContact(tx, chosen));
  if (!contactId) return;

  await tx.update(conversation).set({ contactId }).where(eq(conversation.id, conversationId));
  await tx.update(visitor).set({ contactId }).where(eq(visitor.id, talk.visitorId));
  await learnFacts(tx, deps, contactId, said);
  await markActive(tx, contactId, deps.now());
  if (talk.contactId !== contactId) await tellContactIdentified(tx, deps, conversationId);
  if (talk.contactId && talk.contactId !== contactId) await discardIfUnused(tx, talk.contactId);
}

async function chooseContact(
  tx: Tx,
  deps: Deps,
  said: Said,
  current: string | null,
  conversationId: string,
): Promise<string> {
  await lockContactKeys(tx, [{ emailNorm: said.email?.norm ?? null, phoneNorm: said.phone?.norm ?? null }]);
  const { match, candidates } = await matchContact(tx, said);
  if (match.kind === "one") return match.candidate.externalId;
  if (current && candidates.some(({ externalId }) => externalId === current)) return current;
  if (current && (await isStillThisPerson(tx, current, said, conversationId))) return current;

  const id = deps.newId();
  await tx.insert(contact).values({ id });
  return id;
}

/**
 * A key nobody has, given by somebody we already took for a contact: a further address or a corrected typing of the same
 * person, unless that contact is known from elsewhere by another key of that kind and no agreeing name.
 */
async function isStillThisPerson(tx: Tx, contactId: string, said: Said, conversationId: string): Promise<boolean> {
  const held = await findContact(tx, contactId);
  if (!held) return false;
  const identities = await listIdentities(tx, [contactId]);
  const kinds = [said.email && "email", said.phone && "phone"];
  const fromElsewhere = identities.some((one) => kinds.includes(one.kind) && one.conversationId !== conversationId);
  return !fromElsewhere || namesAgree(held, said.name);
}

/**
 * A contact made a moment ago from a phone number, whose email then named somebody we knew: nothing refers to it. One that somebody
 * is at work on stays.
 */
async function discardIfUnused(tx: Tx, contactId: string): Promise<void> {
  if (await isReferredTo(tx, BUT_KEYS, contactId)) return;
  const [held] = await tx
    .select({ id: contact.id })
    .from(contact)
    .where(eq(contact.id, contactId))
    .for("update", { skipLocked: true });
  if (!held || (await isReferredTo(tx, BUT_KEYS, contactId))) return;
  await tx.delete(contactIdentity).where(eq(contactIdentity.contactId, contactId));
  await tx.delete(contact).where(eq(contact.id, contactId));
}
