import { and, asc, inArray, isNull, sql } from "drizzle-orm";
import type { Tx } from "../client.ts";
import { contact } from "../schema/contact.ts";
import { type ContactIdentityRow, type ContactRow, listIdentities } from "./contact.ts";

/**
 * Holds people's keys until the transaction ends: two that look for the same key must not both find nobody. The names are
 * those under which a conversation holds them; taken in one order, so that two takers never wait for each other.
 */
export async function lockContactKeys(
  tx: Tx,
  people: readonly { readonly emailNorm: string | null; readonly phoneNorm: string | null }[],
): Promise<void> {
  const keys = people.flatMap(({ emailNorm, phoneNorm }) => [
    ...(emailNorm ? [`email:${emailNorm}`] : []),
    ...(phoneNorm ? [`phone:${phoneNorm}`] : []),
  ]);
  const sorted = [...new Set(keys)].sort().map((key) => `contact-key:${key}`);
  if (sorted.length === 0) return;
  await tx.execute(sql`
    select pg_advisory_xact_lock(hashtextextended(k.key, 0))
    from jsonb_array_elements_text(${JSON.stringify(sorted)}::text::jsonb) with ordinality as k(key, n) order by k.n`);
}

export interface LockedContact {
  readonly contact: ContactRow;
  readonly identities: readonly ContactIdentityRow[];
}

/**
 * Contacts with their keys, locked until the transaction ends; those that were merged away or erased are left out. Who only refers to one
 * passes: a conversation does so before it waits for keys that are held here already.
 */
export async function lockContacts(tx: Tx, ids: readonly string[]): Promise<LockedContact[]> {
  if (ids.length === 0) return [];
  const rows = await tx
    .select()
    .from(contact)
    .where(and(inArray(contact.id, [...ids]), isNull(contact.mergedIntoId), isNull(contact.erasedAt)))
    .orderBy(asc(contact.id))
    .for("no key update");
  const byContact = new Map<string, ContactIdentityRow[]>(rows.map(({ id }) => [id, []]));
  for (const identity of await listIdentities(tx, [...byContact.keys()]))
    byContact.get(identity.contactId)?.push(identity);
  return rows.map((row) => ({ contact: row, identities: byContact.get(row.id) ?? [] }));
}
