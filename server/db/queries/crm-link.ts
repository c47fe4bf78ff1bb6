import { and, arrayContains, desc, eq, inArray, ne, or, sql } from "drizzle-orm";
import type { DbOrTx, Tx } from "../client.ts";
import { contact, contactIdentity } from "../schema/contact.ts";
import { conflict, crmLink, dismissal } from "../schema/sync.ts";

import type { IdentityKey } from "./contact.ts";

type ConflictRow = typeof conflict.$inferSelect;
export type CrmLinkRow = typeof crmLink.$inferSelect;

/** What the link of an erased person says. */
export const ERASED_LINK_WORDS = "The person was erased.";

export async function findLink(db: DbOrTx, id: string): Promise<CrmLinkRow | undefined> {
  const [row] = await db.select().from(crmLink).where(eq(crmLink.id, id));
  return row;
}

/** Locked until the transaction ends; taken before its conflicts. What both sides agree on is only ever added to under this lock. */
export async function lockLink(tx: Tx, id: string): Promise<CrmLinkRow | undefined> {
  const [row] = await tx.select().from(crmLink).where(eq(crmLink.id, id)).for("update");
  return row;
}

export async function findLiveLink(
  db: DbOrTx,
  connectionId: string,
  contactId: string,
): Promise<CrmLinkRow | undefined> {
  const [row] = await db
    .select()
    .from(crmLink)
    .where(and(eq(crmLink.connectionId, connectionId), eq(crmLink.contactId, contactId), eq(crmLink.state, "live")));
  return row;
}

/** Who has a record. A person who was erased has none, even where their link was left alone. */
export async function findLinkOfRecord(
  db: DbOrTx,
  connectionId: string,
  { object, externalId }: { object: string; externalId: string },
): Promise<CrmLinkRow | undefined> {
  const [row] = await db
    .select()
    .from(crmLink)
    .where(
      and(
        eq(crmLink.connectionId, connectionId),
        eq(crmLink.object, object),
        eq(crmLink.externalId, externalId),
        eq(crmLink.state, "live"),
        sql`not exists ${erasedOwner()}`,
      ),
    );
  return row;
}

function erasedOwner() {
  return sql`(select 1 from ${contact} where ${contact.id} = ${crmLink.contactId} and ${contact.erasedAt} is not null)`;
}

/** The link a record belongs, or once belonged, to: live ones first, then by its own id before an earlier one. */
export async function findLinkByAnyId(
  db: DbOrTx,
  connectionId: string,
  { object, externalId }: { object: string; externalId: string },
): Promise<CrmLinkRow | undefined> {
  const own = and(eq(crmLink.object, object), eq(crmLink.externalId, externalId));
  const earlier = arrayContains(crmLink.aliases, [externalId]);
  const [row] = await db
    .select()
    .from(crmLink)
    .where(and(eq(crmLink.connectionId, connectionId), or(own, earlier)))
    .orderBy(
      sql`${crmLink.state} = 'live' desc`,
      sql`${crmLink.externalId} = ${externalId} desc`,
      desc(crmLink.lastSyncedAt),
      desc(crmLink.id),
    )
    .limit(1);
  return row;
}

/** Conflicts of a link that still wait, or are being carried out. */
export async function listOpenConflicts(tx: Tx, linkId: string): Promise<ConflictRow[]> {
  return await tx
    .select()
    .from(conflict)
    .where(and(eq(conflict.linkId, linkId), inArray(conflict.status, ["pending", "applying"])))
    .orderBy(conflict.id)
    .for("update");
}

/** Links a record. An erased person's link to it, which was left alone until now, ends. */
export async function insertLink(tx: Tx, link: typeof crmLink.$inferInsert): Promise<void> {
  await tx
    .update(crmLink)
    .set({ state: "closed", closedReason: ERASED_LINK_WORDS })
    .where(
      and(
        eq(crmLink.connectionId, link.connectionId),
        eq(crmLink.object, link.object),
        eq(crmLink.externalId, link.externalId),
        eq(crmLink.state, "live"),
        sql`exists ${erasedOwner()}`,
      ),
    );
  await tx.insert(crmLink).values(link);
}

export async function updateLink(tx: Tx, id: string, change: Partial<typeof crmLink.$inferInsert>): Promise<void> {
  await tx.update(crmLink).set(change).where(eq(crmLink.id, id));
}

/** Ends a link: its record is gone. What still waited for a decision has nothing to be written to. */
export async function closeLink(tx: Tx, id: string, reason: string): Promise<void> {
  await tx.update(crmLink).set({ state: "closed", closedReason: reason }).where(eq(crmLink.id, id));
  await tx
    .update(conflict)
    .set({ status: "void", version: sql`${conflict.version} + 1` })
    .where(and(eq(conflict.linkId, id), inArray(conflict.status, ["pending", "applying"])));
}

/** Live links of a connection whose contacts, other than this one, have the key. */
export async function listLinksOfOthersByKey(
  db: DbOrTx,
  { connectionId, contactId }: { connectionId: string; contactId: string },
  { kind, norm }: IdentityKey,
): Promise<CrmLinkRow[]> {
  const holders = db
    .select({ id: contactIdentity.contactId })
    .from(contactIdentity)
    .where(
      and(eq(contactIdentity.kind, kind), eq(contactIdentity.norm, norm), ne(contactIdentity.contactId, contactId)),
    );
  return await db
    .select()
    .from(crmLink)
    .where(and(eq(crmLink.connectionId, connectionId), eq(crmLink.state, "live"), inArray(crmLink.contactId, holders)));
}

/** The contact's last link that was closed; undefined when none ever was. */
export async function findClosedLink(
  db: DbOrTx,
  connectionId: string,
  contactId: string,
): Promise<CrmLinkRow | undefined> {
  const [row] = await db
    .select()
    .from(crmLink)
    .where(and(eq(crmLink.connectionId, connectionId), eq(crmLink.contactId, contactId), eq(crmLink.state, "closed")))
    .orderBy(desc(crmLink.lastSyncedAt))
    .limit(1);
  return row;
}

export async function listDismissals(
  db: DbOrTx,
  linkId: string,
): Promise<{ property: string; chat: string; crm: string }[]> {
  return await db
    .select({ property: dismissal.property, chat: dismissal.chatValue, crm: dismissal.crmValue })
    .from(dismissal)
    .where(eq(dismissal.linkId, linkId));
}

export async function insertDismissal(
  tx: Tx,
  row: { linkId: string; property: string; chatValue: string; crmValue: string },
): Promise<void> {
  await tx.insert(dismissal).values(row).onConflictDoNothing();
}

export async function deleteDismissal(
  tx: Tx,
  { linkId, property, chatValue, crmValue }: { linkId: string; property: string; chatValue: string; crmValue: string },
): Promise<void> {
  const pair = and(eq(dismissal.chatValue, chatValue), eq(dismissal.crmValue, crmValue));
  await tx.delete(dismissal).where(and(eq(dismissal.linkId, linkId), eq(dismissal.property, property), pair));
}
