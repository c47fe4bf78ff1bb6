import { eq } from "drizzle-orm";
import type { DbOrTx } from "../../db/client.ts";
import { type ContactRow, findContact } from "../../db/queries/contact.ts";
import { readConversationFacts } from "../../db/queries/conversation-facts.ts";
import { listVouchedRecords } from "../../db/queries/vouched.ts";
import { conversation, visitor } from "../../db/schema/conversation.ts";
import { site } from "../../db/schema/site.ts";
import type { RecordRef } from "../../domain/connector.ts";
import { type ConversationFacts, NO_FACTS } from "../../domain/mapping/source-value.ts";
import type { Said } from "../contacts/learn-facts.ts";
import { readSaid } from "../contacts/read-said.ts";

/** Whom a push is about, whatever the CRM. */
export interface PushSubject {
  readonly contact: ContactRow;
  readonly said: Said;
  readonly verified: boolean;
  /** The site's, for numbers written without one. */
  readonly country: string | null;
  readonly facts: ConversationFacts;
  /** By connection: the record of which the CRM itself says that it is this person's. */
  readonly vouched: ReadonlyMap<string, RecordRef>;
}

/** A contact with what was said in a conversation; null when the contact is gone. */
export async function readPushSubject(
  db: DbOrTx,
  contactId: string,
  conversationId: string,
): Promise<PushSubject | null> {
  const contact = await findContact(db, contactId);
  if (!contact) return null;
  const [talk] = await db
    .select({ identity: visitor.identity, country: site.defaultCountry })
    .from(conversation)
    .innerJoin(visitor, eq(visitor.id, conversation.visitorId))
    .innerJoin(site, eq(site.id, conversation.siteId))
    .where(eq(conversation.id, conversationId));
  const country = talk?.country ?? null;
  const said = await readSaid(db, conversationId, country);
  const facts = (await readConversationFacts(db, conversationId)) ?? NO_FACTS;
  const verified = talk?.identity === "verified" && namesItself(said);
  // who is signed in and writes for somebody else is not that person's record
  const vouched = verified ? await listVouchedRecords(db, conversationId) : [];
  return {
    ...{ contact, said, country, facts, verified },
    vouched: new Map(vouched.map(({ connectionId, object, externalId }) => [connectionId, { object, externalId }])),
  };
}

/** Whether the key that leads to the record is as sure as the identity: a verified visitor may still claim to be another. */
function namesItself({ facts }: Said): boolean {
  return (facts.get("email") ?? facts.get("phone"))?.verified ?? true;
}
