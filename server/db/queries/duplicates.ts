import { and, inArray, type SQL, sql } from "drizzle-orm";
import type { Db, DbOrTx, Tx } from "../client.ts";
import { executePrepared } from "../execute-prepared.ts";
import { contact } from "../schema/contact.ts";
import { notDuplicates } from "../schema/merge.ts";
import type { ContactRow, IdentityKey } from "./contact.ts";
import { isCurrent, visibleTo } from "./visible-contacts.ts";

export interface KeyHolder extends IdentityKey {
  readonly contactId: string;
  /** Whether the user may know of the contact. */
  readonly visible: boolean;
  /** Whether the key came before what is walked now. */
  readonly met: boolean;
  /** Their other keys that somebody else has too, hidden ones included. */
  readonly others: readonly IdentityKey[];
}

/** Keys that sit on several contacts, hidden ones included, in the order of the index, after one of them. */
export async function listRepeatedKeys(db: Db, after: IdentityKey | null, limit: number): Promise<IdentityKey[]> {
  const rest = after ? sql`where (kind, norm) > (${after.kind}, ${after.norm})` : sql``;
  return await executePrepared<IdentityKey>(
    db,
    sql`
      select kind, norm from contact_identity ${rest}
      group by kind, norm having count(*) > 1 order by kind, norm limit ${limit}`,
  );
}

/** Who has the keys today, of each the first `most`. `after` as in the walk: keys up to it have been met. */
export async function listHoldersOfKeys(
  db: Db,
  siteIds: readonly string[] | null,
  keys: readonly IdentityKey[],
  after: IdentityKey | null,
  most: number,
): Promise<KeyHolder[]> {
  if (keys.length === 0) return [];
  const met = after ? sql`(k.kind, k.norm) <= (${after.kind}, ${after.norm})` : sql`false`;
  return await executePrepared<KeyHolder>(
    db,
    sql`
      select k.kind, k.norm, h.id as "contactId", h.visible, ${met} as met, coalesce((
        select json_agg(json_build_object('kind', i.kind, 'norm', i.norm)) from contact_identity i
        where i.contact_id = h.id and (i.kind <> k.kind or i.norm <> k.norm)
          and exists (select 1 from contact_identity o where o.kind = i.kind and o.norm = i.norm offset 1)), '[]') as others
      from jsonb_to_recordset(${JSON.stringify(keys)}::text::jsonb) as k(kind text, norm text), lateral (
        select contact.id, ${visibleTo(siteIds) ?? sql`true`} as visible
        from contact_identity i join contact on contact.id = i.contact_id
        where i.kind = k.kind and i.norm = k.norm and contact.merged_into_id is null and contact.erased_at is null
        limit ${most}) h`,
  );
}

/** Beginnings of company and last name that several contacts have. */
export interface Block {
  readonly company: string;
  readonly lastName: string;
}

export async function listBlocks(db: DbOrTx, after: Block | null, largest: number, limit: number): Promise<Block[]> {
  const rest = after
    ? sql`and (lower(left(company, 4)), lower(left(last_name, 2))) > (${after.company}, ${after.lastName})`
    : sql``;
  return [
    ...(await db.execute<{ company: string; lastName: string }>(sql`
      select lower(left(company, 4)) as company, lower(left(last_name, 2)) as "lastName" from contact
      where merged_into_id is null and erased_at is null and company is not null and last_name is not null ${rest}
      group by 1, 2 having count(*) between 2 and ${largest} order by 1, 2 limit ${limit}`)),
  ];
}

export type BlockMember = Pick<ContactRow, "id" | "firstName" | "lastName" | "company"> & { readonly block: string };

export async function listBlockMembers(db: DbOrTx, blocks: readonly Block[]): Promise<BlockMember[]> {
  if (blocks.length === 0) return [];
  const names = blocks.map(({ company, lastName }) => sql`(${company}, ${lastName})`);
  const block = sql<string>`lower(left(${contact.company}, 4)) || '|' || lower(left(${contact.lastName}, 2))`;
  return await db
    .select({
      id: contact.id,
      firstName: contact.firstName,
      lastName: contact.lastName,
      company: contact.company,
      block,
    })
    .from(contact)
    .where(
      and(
        isCurrent(),
        sql`(lower(left(${contact.company}, 4)), lower(left(${contact.lastName}, 2))) in (${sql.join(names, sql`, `)})`,
      ),
    );
}

export async function listCurrentContacts(
  db: DbOrTx,
  ids: readonly string[],
  visible: SQL | undefined,
): Promise<ContactRow[]> {
  if (ids.length === 0) return [];
  return await db
    .select()
    .from(contact)
    .where(and(inArray(contact.id, [...ids]), isCurrent(), visible));
}

/** Pairs of these contacts of which somebody said that they are two people; a merged one's word holds for its survivor. */
export async function listDismissedPairs(db: DbOrTx, ids: readonly string[]): Promise<{ a: string; b: string }[]> {
  if (ids.length === 0) return [];
  const named = sql`${`{${ids.join(",")}}`}::uuid[]`;
  return [
    ...(await db.execute<{ a: string; b: string }>(sql`
      with these as materialized (
        select unnest(${named}) as id union all select id from contact where merged_into_id = any(${named}))
      select coalesce(a.merged_into_id, a.id) as a, coalesce(b.merged_into_id, b.id) as b
      from not_duplicates n join contact a on a.id = n.contact_a join contact b on b.id = n.contact_b
      where n.contact_a in (select id from these) and n.contact_b in (select id from these)`)),
  ];
}

export async function insertNotDuplicates(
  tx: Tx,
  pairs: readonly { readonly contactA: string; readonly contactB: string }[],
  saidBy: string,
): Promise<void> {
  if (pairs.length === 0) return;
  await tx
    .insert(notDuplicates)
    .values(pairs.map((pair) => ({ ...pair, saidBy })))
    .onConflictDoNothing();
}
