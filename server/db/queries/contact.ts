import { and, countDistinct, eq, inArray, isNull, or } from "drizzle-orm";
import type { DbOrTx, Tx } from "../client.ts";
import { contact, contactIdentity } from "../schema/contact.ts";

export type ContactRow = typeof contact.$inferSelect;
export type ContactIdentityRow = typeof contactIdentity.$inferSelect;

export interface IdentityKey {
  readonly kind: "email" | "phone";
  readonly norm: string;
}

export async function findContact(db: DbOrTx, id: string): Promise<ContactRow | undefined> {
  const [row] = await db.select().from(contact).where(eq(contact.id, id));
  return row;
}

/** Keeps everybody else from changing its values until the transaction ends, and nobody from referring to it. */
export async function lockContactValues(tx: Tx, id: string): Promise<ContactRow | undefined> {
  const [row] = await tx.select().from(contact).where(eq(contact.id, id)).for("no key update");
  return row;
}

export async function listIdentities(db: DbOrTx, contactIds: readonly string[]): Promise<ContactIdentityRow[]> {
  if (contactIds.length === 0) return [];
  return await db
    .select()
    .from(contactIdentity)
    .where(inArray(contactIdentity.contactId, [...contactIds]))
    .orderBy(contactIdentity.id);
}

/** Contacts that have any of the keys; those that were merged away or erased have none. */
export async function listContactsByKeys(db: DbOrTx, keys: readonly IdentityKey[]): Promise<ContactRow[]> {
  if (keys.length === 0) return [];
  const ids = db
    .select({ id: contactIdentity.contactId })
    .from(contactIdentity)
    .where(or(...keys.map(({ kind, norm }) => and(eq(contactIdentity.kind, kind), eq(contactIdentity.norm, norm)))));
  return await db
    .select()
    .from(contact)
    .where(and(inArray(contact.id, ids), isNull(contact.mergedIntoId), isNull(contact.erasedAt)))
    .orderBy(contact.id);
}

/** On how many contacts a key sits. */
export async function countContactsByKey(db: DbOrTx, { kind, norm }: IdentityKey): Promise<number> {
  const [row] = await db
    .select({ contacts: countDistinct(contactIdentity.contactId) })
    .from(contactIdentity)
    .innerJoin(contact, eq(contact.id, contactIdentity.contactId))
    .where(
      and(
        eq(contactIdentity.kind, kind),
        eq(contactIdentity.norm, norm),
        isNull(contact.mergedIntoId),
        isNull(contact.erasedAt),
      ),
    );
  return row?.contacts ?? 0;
}
