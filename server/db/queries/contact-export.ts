import { asc, inArray, sql } from "drizzle-orm";
import type { DbOrTx } from "../client.ts";
import { contact } from "../schema/contact.ts";
import type { ContactRow } from "./contact.ts";

const ATTRIBUTES_MAX = 60;
const CONTACTS_LOOKED_AT = 20_000;

export async function listContacts(db: DbOrTx, ids: readonly string[]): Promise<ContactRow[]> {
  if (ids.length === 0) return [];
  return await db
    .select()
    .from(contact)
    .where(inArray(contact.id, [...ids]))
    .orderBy(asc(contact.id));
}

/** Names of the attributes contacts have, the most used first, from those that were made last. */
export async function listUsedAttributes(db: DbOrTx): Promise<string[]> {
  const rows = await db.execute<{ key: string }>(sql`
    select k.key from (
      select attributes from contact
      where merged_into_id is null and erased_at is null and attributes <> '{}'::jsonb
      order by id desc limit ${CONTACTS_LOOKED_AT}) c
    cross join lateral jsonb_object_keys(c.attributes) as k(key)
    group by k.key order by count(*) desc, k.key limit ${ATTRIBUTES_MAX}`);
  return rows.map(({ key }) => key);
}
