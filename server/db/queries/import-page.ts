import { and, asc, eq, inArray, isNull, or, sql } from "drizzle-orm";
import type { DbOrTx, Tx } from "../client.ts";
import { contact, contactIdentity } from "../schema/contact.ts";
import { audit } from "../schema/operations.ts";
import { conflict, crmLink, dismissal } from "../schema/sync.ts";
import type { ConflictRow } from "./conflict.ts";
import type { ContactIdentityRow, ContactRow, IdentityKey } from "./contact.ts";
import type { CrmLinkRow } from "./crm-link.ts";

/**
 * One page of imported people at a time, in all processes: two imports that meet the same people must not lock them in
 * different orders. Ends with the transaction.
 */
export async function lockImportedPeople(tx: Tx): Promise<void> {
  await tx.execute(sql`select pg_advisory_xact_lock(hashtextextended('imported-people', 0))`);
}

/** Live links of these records. */
export async function listLinksOfRecords(
  db: DbOrTx,
  connectionId: string,
  externalIds: readonly string[],
): Promise<CrmLinkRow[]> {
  if (externalIds.length === 0) return [];
  return await db
    .select()
    .from(crmLink)
    .where(
      and(
        eq(crmLink.connectionId, connectionId),
        inArray(crmLink.externalId, [...externalIds]),
        eq(crmLink.state, "live"),
      ),
    );
}

/** Who has any of the keys; merged and erased contacts have none. */
export async function listKeyHolders(db: DbOrTx, keys: readonly IdentityKey[]): Promise<string[]> {
  const normsOf = (kind: IdentityKey["kind"]) => keys.filter((key) => key.kind === kind).map(({ norm }) => norm);
  const [emails, phones] = [normsOf("email"), normsOf("phone")];
  const wanted = [
    emails.length > 0 ? and(eq(contactIdentity.kind, "email"), inArray(contactIdentity.norm, emails)) : undefined,
    phones.length > 0 ? and(eq(contactIdentity.kind, "phone"), inArray(contactIdentity.norm, phones)) : undefined,
  ].filter((part) => part !== undefined);
  if (wanted.length === 0) return [];
  const rows = await db
    .selectDistinct({ id: contactIdentity.contactId })
    .from(contactIdentity)
    .innerJoin(contact, eq(contact.id, contactIdentity.contactId))
    .where(and(or(...wanted), isNull(contact.mergedIntoId), isNull(contact.erasedAt)));
  return rows.map(({ id }) => id);
}

export interface PeopleOfPage {
  readonly contacts: readonly ContactRow[];
  readonly identities: readonly ContactIdentityRow[];
  readonly links: readonly CrmLinkRow[];
  readonly conflicts: readonly ConflictRow[];
  readonly dismissals: readonly (typeof dismissal.$inferSelect)[];
}

/** Contacts, locked until the page is stored, with everything that decides what may happen to them. */
export async function lockPeople(tx: Tx, connectionId: string, contactIds: readonly string[]): Promise<PeopleOfPage> {
  if (contactIds.length === 0) return { contacts: [], identities: [], links: [], conflicts: [], dismissals: [] };
  const ids = [...contactIds];
  const contacts = await tx
    .select()
    .from(contact)
    .where(inArray(contact.id, ids))
    .orderBy(asc(contact.id))
    .for("no key update");
  const identities = await tx
    .select()
    .from(contactIdentity)
    .where(inArray(contactIdentity.contactId, ids))
    .orderBy(asc(contactIdentity.id));
  const links = await tx
    .select()
    .from(crmLink)
    .where(and(inArray(crmLink.contactId, ids), eq(crmLink.connectionId, connectionId), eq(crmLink.state, "live")))
    .orderBy(asc(crmLink.id))
    .for("update");
  const linkIds = links.map(({ id }) => id);
  const conflicts =
    linkIds.length === 0
      ? []
      : await tx
          .select()
          .from(conflict)
          .where(and(inArray(conflict.linkId, linkIds), inArray(conflict.status, ["pending", "applying"])))
          .orderBy(asc(conflict.id))
          .for("update");
  const dismissals =
    linkIds.length === 0 ? [] : await tx.select().from(dismissal).where(inArray(dismissal.linkId, linkIds));
  return { contacts, identities, links, conflicts, dismissals };
}

export async function insertContacts(tx: Tx, rows: readonly (typeof contact.$inferInsert)[]): Promise<void> {
  if (rows.length > 0) await tx.insert(contact).values([...rows]);
}

export async function insertIdentities(tx: Tx, rows: readonly (typeof contactIdentity.$inferInsert)[]): Promise<void> {
  if (rows.length > 0)
    await tx
      .insert(contactIdentity)
      .values([...rows])
      .onConflictDoNothing();
}

export type ChangedContact = Pick<
  ContactRow,
  | "id"
  | "firstName"
  | "lastName"
  | "email"
  | "phone"
  | "company"
  | "title"
  | "attributes"
  | "origins"
  | "tags"
  | "doNotContact"
>;

/** Writes what an import may change of contacts, all in one statement. */
export async function updateContacts(tx: Tx, rows: readonly ChangedContact[], at: Date): Promise<void> {
  if (rows.length === 0) return;
  await tx.execute(sql`
    update contact set
      first_name = new.first_name, last_name = new.last_name, email = new.email, phone = new.phone,
      company = new.company, title = new.title, attributes = new.attributes, origins = new.origins,
      tags = array(select jsonb_array_elements_text(new.tags)),
      do_not_contact = array(select jsonb_array_elements_text(new.do_not_contact)),
      updated_at = ${at.toISOString()}::timestamptz
    from jsonb_to_recordset(${JSON.stringify(rows.map(toRecordset))}::text::jsonb) as new(
      id uuid, first_name text, last_name text, email text, phone text, company text, title text,
      attributes jsonb, origins jsonb, tags jsonb, do_not_contact jsonb)
    where contact.id = new.id`);
}

function toRecordset({ firstName, lastName, doNotContact, ...rest }: ChangedContact) {
  return { ...rest, first_name: firstName, last_name: lastName, do_not_contact: doNotContact };
}

export async function insertLinks(tx: Tx, rows: readonly (typeof crmLink.$inferInsert)[]): Promise<void> {
  if (rows.length > 0) await tx.insert(crmLink).values([...rows]);
}

/** What was read of linked records, all in one statement. */
export async function updateSeenLinks(
  tx: Tx,
  rows: readonly Pick<CrmLinkRow, "id" | "seen" | "base">[],
  at: Date,
): Promise<void> {
  if (rows.length === 0) return;
  await tx.execute(sql`
    update crm_link set seen = new.seen, base = new.base, last_synced_at = ${at.toISOString()}::timestamptz
    from jsonb_to_recordset(${JSON.stringify(rows)}::text::jsonb) as new(id uuid, seen jsonb, base jsonb)
    where crm_link.id = new.id`);
}

/** Notes that records were met as they were known. */
export async function touchLinks(tx: Tx, ids: readonly string[], at: Date): Promise<void> {
  if (ids.length === 0) return;
  await tx
    .update(crmLink)
    .set({ lastSyncedAt: at })
    .where(inArray(crmLink.id, [...ids]));
}

export async function insertConflicts(tx: Tx, rows: readonly (typeof conflict.$inferInsert)[]): Promise<void> {
  if (rows.length > 0) await tx.insert(conflict).values([...rows]);
}

export async function insertAudits(tx: Tx, rows: readonly (typeof audit.$inferInsert)[]): Promise<void> {
  if (rows.length > 0) await tx.insert(audit).values([...rows]);
}
