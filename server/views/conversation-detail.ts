import type { ContactCard, ConversationDetail } from "@rolodesk/shared/conversation";
import { PageContext, VisitorAttributes } from "@rolodesk/shared/visitor";
import type { UserActor } from "../actor.ts";
import type { Db } from "../db/client.ts";
import { listIdentities } from "../db/queries/contact.ts";
import { findInboxRow, type InboxRow, listOtherConversations } from "../db/queries/inbox.ts";
import { listLiveLinks } from "../db/queries/live-links.ts";
import { notFound } from "../domain/domain-error.ts";
import type { Presence } from "../presence.ts";
import { toConversationSummary, toPreview } from "./conversation-page.ts";

const PREVIOUS_SHOWN = 20;

export async function readConversationDetail(
  { db, presence }: { db: Db; presence: Presence },
  actor: UserActor,
  id: string,
): Promise<ConversationDetail> {
  const row = await findInboxRow(db, id);
  if (!row || (actor.siteIds && !actor.siteIds.includes(row.conversation.siteId))) throw notFound("conversation");
  const { conversation, visitor } = row;
  return {
    ...toConversationSummary(row),
    startedAt: conversation.createdAt.toISOString(),
    endedAt: conversation.endedAt?.toISOString() ?? null,
    endedBy: conversation.endedBy,
    lastSeq: conversation.lastSeq,
    readByVisitor: conversation.readByVisitor,
    readByAgents: conversation.readByAgents,
    visitorOnline: presence.visitorOnline(visitor.id),
    page: conversation.page && PageContext.parse(conversation.page),
    attributes: VisitorAttributes.parse(visitor.attributes),
    contact: await readContactCard(db, actor, row),
  };
}

async function readContactCard(
  db: Db,
  actor: UserActor,
  { conversation, contact, visitor }: InboxRow,
): Promise<ContactCard> {
  if (!contact) {
    const { firstName, lastName } = visitor.stated;
    return {
      id: null,
      firstName: firstName?.value ?? null,
      lastName: lastName?.value ?? null,
      company: null,
      title: null,
      identities: [],
      doNotContact: [],
      links: [],
      previousConversations: [],
    };
  }
  const [identities, links, others] = await Promise.all([
    listIdentities(db, [contact.id]),
    listLiveLinks(db, contact.id, conversation.siteId),
    listOtherConversations(db, { contactId: contact.id, id: conversation.id }, actor.siteIds, PREVIOUS_SHOWN),
  ]);
  return {
    id: contact.id,
    firstName: contact.firstName,
    lastName: contact.lastName,
    company: contact.company,
    title: contact.title,
    identities: identities.map(({ kind, value, verifiedAt, source }) => ({
      kind,
      value,
      verifiedAt: verifiedAt?.toISOString() ?? null,
      source,
    })),
    doNotContact: contact.doNotContact,
    links,
    previousConversations: others.map((other) => ({
      id: other.id,
      startedAt: other.startedAt.toISOString(),
      status: other.status,
      preview: toPreview(other.preview),
    })),
  };
}
