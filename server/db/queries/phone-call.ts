import { and, desc, eq, inArray, isNull, lt, or, sql } from "drizzle-orm";
import type { DbOrTx, Tx } from "../client.ts";
import { connection } from "../schema/connection.ts";
import { contact, contactIdentity } from "../schema/contact.ts";
import { phoneCall } from "../schema/phone-call.ts";
import { crmLink } from "../schema/sync.ts";
import type { ConnectionRow } from "./connection.ts";
import { servesSites } from "./served-connections.ts";
import { isCurrent } from "./visible-contacts.ts";

export type PhoneCallRow = typeof phoneCall.$inferSelect;
export interface PhoneCallOfConnection {
  readonly call: PhoneCallRow;
  readonly connection: Pick<ConnectionRow, "id" | "name" | "provider">;
}

/** The row of a call, held until the transaction's end; made where it is the first time that anybody tells of it. */
export async function lockPhoneCallOf(
  tx: Tx,
  row: { readonly id: string; readonly connectionId: string; readonly externalId: string; readonly createdAt: Date },
): Promise<PhoneCallRow> {
  await tx.insert(phoneCall).values(row).onConflictDoNothing();
  const [held] = await tx
    .select()
    .from(phoneCall)
    .where(and(eq(phoneCall.connectionId, row.connectionId), eq(phoneCall.externalId, row.externalId)))
    .for("update");
  if (!held) throw new Error("The call was stored a moment ago.");
  return held;
}

export async function lockPhoneCall(tx: Tx, id: string): Promise<PhoneCallRow | undefined> {
  const [row] = await tx.select().from(phoneCall).where(eq(phoneCall.id, id)).for("update");
  return row;
}

/** Those of a connection's calls that are stored already. */
export async function listKnownPhoneCalls(
  db: DbOrTx,
  connectionId: string,
  externalIds: readonly string[],
): Promise<PhoneCallRow[]> {
  return await db
    .select()
    .from(phoneCall)
    .where(and(eq(phoneCall.connectionId, connectionId), inArray(phoneCall.externalId, [...externalIds])));
}

export async function findPhoneCall(db: DbOrTx, id: string): Promise<PhoneCallRow | undefined> {
  const [row] = await db.select().from(phoneCall).where(eq(phoneCall.id, id));
  return row;
}

export async function updatePhoneCall(
  tx: DbOrTx,
  id: string,
  change: Partial<typeof phoneCall.$inferInsert>,
): Promise<PhoneCallRow> {
  const [row] = await tx
    .update(phoneCall)
    .set({ ...change, version: sql`${phoneCall.version} + 1` })
    .where(eq(phoneCall.id, id))
    .returning();
  if (!row) throw new Error(`There is no call ${id}.`);
  return row;
}

export async function deletePhoneCall(tx: Tx, id: string): Promise<void> {
  await tx.delete(phoneCall).where(eq(phoneCall.id, id));
}

interface PhoneCallFilter {
  readonly siteIds: readonly string[] | null;
  readonly contactId?: string;
  readonly connectionId?: string;
  /** Of nobody we know, or of somebody. */
  readonly linked?: boolean;
}

const MADE_AT = sql<Date>`coalesce(${phoneCall.startedAt}, ${phoneCall.createdAt})`;

/** Newest call first, by when it was made. */
export async function listPhoneCalls(
  db: DbOrTx,
  { siteIds, contactId, connectionId, linked }: PhoneCallFilter,
  limit: number,
  before?: { readonly at: Date; readonly id: string },
): Promise<PhoneCallOfConnection[]> {
  const position =
    before && sql`(${MADE_AT}, ${phoneCall.id}) < (${before.at.toISOString()}::timestamptz, ${before.id}::uuid)`;
  return await ofConnection(db)
    .where(
      and(
        servesSites(phoneCall.connectionId, siteIds),
        contactId === undefined ? undefined : eq(phoneCall.contactId, contactId),
        connectionId === undefined ? undefined : eq(phoneCall.connectionId, connectionId),
        linked === undefined
          ? undefined
          : linked
            ? sql`${phoneCall.contactId} is not null`
            : isNull(phoneCall.contactId),
        position,
      ),
    )
    .orderBy(desc(MADE_AT), desc(phoneCall.id))
    .limit(limit);
}

export async function findServedPhoneCall(
  db: DbOrTx,
  siteIds: readonly string[] | null,
  id: string,
): Promise<PhoneCallOfConnection | undefined> {
  const [row] = await ofConnection(db).where(and(eq(phoneCall.id, id), servesSites(phoneCall.connectionId, siteIds)));
  return row;
}

function ofConnection(db: DbOrTx) {
  return db
    .select({
      call: phoneCall,
      connection: { id: connection.id, name: connection.name, provider: connection.provider },
    })
    .from(phoneCall)
    .innerJoin(connection, eq(connection.id, phoneCall.connectionId));
}

/** The contact that is linked to a record of a connection, by any id it ever had; null where nobody is. */
export async function findContactOfRecord(db: DbOrTx, connectionId: string, recordId: string): Promise<string | null> {
  const [row] = await db
    .select({ id: crmLink.contactId })
    .from(crmLink)
    .innerJoin(contact, eq(contact.id, crmLink.contactId))
    .where(
      and(
        eq(crmLink.connectionId, connectionId),
        eq(crmLink.state, "live"),
        or(eq(crmLink.externalId, recordId), sql`${recordId} = any(${crmLink.aliases})`),
        isCurrent(),
      ),
    )
    .orderBy(sql`${crmLink.externalId} = ${recordId} desc`)
    .limit(1);
  return row?.id ?? null;
}

/** Contacts with a telephone number, two at most. `recordId`: those linked to another record of the connection are left out. */
export async function listContactsByPhone(
  db: DbOrTx,
  { connectionId, recordId }: { readonly connectionId: string; readonly recordId: string | null },
  phoneNorm: string,
): Promise<string[]> {
  const elsewhere = sql`exists (
    select 1 from crm_link l where l.contact_id = ${contact.id} and l.connection_id = ${connectionId}
      and l.state = 'live' and l.external_id <> ${recordId})`;
  const rows = await db
    .selectDistinct({ id: contact.id })
    .from(contact)
    .innerJoin(contactIdentity, eq(contactIdentity.contactId, contact.id))
    .where(
      and(
        eq(contactIdentity.kind, "phone"),
        eq(contactIdentity.norm, phoneNorm),
        isCurrent(),
        recordId === null ? undefined : sql`not ${elsewhere}`,
      ),
    )
    .limit(2);
  return rows.map(({ id }) => id);
}

/** Calls of nobody, of which a contact may be known now. */
export async function listLinkablePhoneCalls(db: DbOrTx, limit: number): Promise<string[]> {
  const rows = await db.execute<{ id: string }>(sql`
    select p.id from phone_call p join connection n on n.id = p.connection_id
    where p.contact_id is null and n.removed_at is null and (
      exists (select 1 from crm_link l join contact c on c.id = l.contact_id
        where l.connection_id = p.connection_id and l.state = 'live' and c.merged_into_id is null and c.erased_at is null
          and (l.external_id = p.record_id or p.record_id = any(l.aliases)))
      or (select count(distinct i.contact_id) from contact_identity i join contact c on c.id = i.contact_id
          where i.kind = 'phone' and i.norm = p.phone_norm and c.merged_into_id is null and c.erased_at is null
            and not exists (select 1 from crm_link l where l.contact_id = c.id and l.connection_id = p.connection_id
              and l.state = 'live' and l.external_id <> p.record_id)) = 1)
    order by p.id limit ${limit}`);
  return rows.map(({ id }) => id);
}

/** Whether nobody is known to have made a later call than this with the same contact. */
export async function isLastPhoneCall(
  db: DbOrTx,
  { id, contactId, startedAt, createdAt }: PhoneCallRow,
): Promise<boolean> {
  if (contactId === null) return false;
  const at = (startedAt ?? createdAt).toISOString();
  const [later] = await db
    .select({ id: phoneCall.id })
    .from(phoneCall)
    .where(and(eq(phoneCall.contactId, contactId), lt(sql`${at}::timestamptz`, MADE_AT), sql`${phoneCall.id} <> ${id}`))
    .limit(1);
  return !later;
}
