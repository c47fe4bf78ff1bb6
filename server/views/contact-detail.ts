import type { ContactDetail, ContactLink } from "@rolodesk/shared/contact";
import type { UserActor } from "../actor.ts";
import type { DbOrTx } from "../db/client.ts";
import { type ContactIdentityRow, type ContactRow, listIdentities } from "../db/queries/contact.ts";
import { type ContactLinkRow, listContactLinks } from "../db/queries/contact-links.ts";
import { findVisibleContact } from "../db/queries/visible-contacts.ts";
import { contactLabel } from "../domain/contacts/contact-label.ts";
import { notFound } from "../domain/domain-error.ts";

/** The contact an id stands for today; `not_found` for others' as for none. */
export async function readContactDetail(db: DbOrTx, actor: UserActor, id: string): Promise<ContactDetail> {
  const row = await findVisibleContact(db, actor.siteIds, id);
  if (!row) throw notFound("contact");
  const [identities, links] = await Promise.all([
    listIdentities(db, [row.id]),
    listContactLinks(db, row.id, actor.siteIds),
  ]);
  return {
    id: row.id,
    label: contactLabel(row),
    firstName: row.firstName,
    lastName: row.lastName,
    email: row.email,
    phone: row.phone,
    company: row.company,
    title: row.title,
    attributes: row.attributes,
    tags: row.tags,
    doNotContact: row.doNotContact,
    source: row.source,
    sourceDetail: row.sourceDetail,
    engagement: row.engagement,
    nextFollowUpAt: row.nextFollowUpAt?.toISOString() ?? null,
    identities: identities.map((identity) => toIdentity(identity, row)),
    links: links.map(toLink),
    createdAt: row.createdAt.toISOString(),
    updatedAt: row.updatedAt.toISOString(),
    lastActivityAt: row.lastActivityAt.toISOString(),
  };
}

function toIdentity(identity: ContactIdentityRow, row: ContactRow): ContactDetail["identities"][number] {
  return {
    id: identity.id,
    kind: identity.kind,
    value: identity.value,
    main: row[identity.kind] === identity.norm,
    verifiedAt: identity.verifiedAt?.toISOString() ?? null,
    source: identity.source,
    since: identity.createdAt.toISOString(),
  };
}

function toLink({ link, connection, pending }: ContactLinkRow): ContactLink {
  return {
    id: link.id,
    connection,
    object: link.object,
    externalId: link.externalId,
    url: link.url,
    state: link.state,
    closedReason: link.closedReason,
    matchedBy: link.matchedBy,
    matchedReason: link.matchedReason,
    lastSyncedAt: link.lastSyncedAt.toISOString(),
    pendingConflicts: pending,
  };
}
