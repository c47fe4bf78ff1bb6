import { and, inArray, type SQL, sql } from "drizzle-orm";
import type { DbOrTx, Tx } from "../client.ts";
import { contact } from "../schema/contact.ts";
import { notDuplicates } from "../schema/merge.ts";
import type { ContactRow, IdentityKey } from "./contact.ts";
import { isCurrent } from "./visible-contacts.ts";

export interface KeyHolder extends IdentityKey {
  readonly contactId: string;
}

/** Keys that sit on several contacts, hidden ones included, in the order of the index, after one of them. */
export async function listRepeatedKeys(db: DbOrTx, after: IdentityKey | null, limit: number): Promise<IdentityKey[]> {
  const rest = after ? sql`where (kind, norm) > (${after.kind}, ${after.norm})` : sql``;
  return [
    ...(await db.execute<{ kind: "email" | "phone"; norm: string }>(sql`
      select kind, norm from contact_identity ${rest}
      group by kind, norm having count(*) > 1 order by kind, norm limit ${limit}`)),
  ];
}

/** Who has the keys today. */
export async function listHoldersOfKeys(db: DbOrTx, keys: readonly IdentityKey[]): Promise<KeyHolder[]> {
  if (keys.length === 0) return [];
  return [
    ...(await db.execute<{ kind: "email" | "phone"; norm: string; contactId: string }>(sql`
      select i.kind, i.norm, i.contact_id as "contactId"
      from jsonb_to_recordset(${JSON.stringify(keys)}::text::jsonb) as k(kind text, norm text)
      join contact_identity i on i.kind = k.kind and i.norm = k.norm
      join contact c on c.id = i.contact_id and c.merged_into_id is null and c.erased_at is null`)),
  ];
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
  const some = sql`(select id from contact where id in ${[...ids]} or merged_into_id in ${[...ids]})`;
  return [
    ...(await db.execute<{ a: string; b: string }>(sql`
      select coalesce(a.merged_into_id, a.id) as a, coalesce(b.merged_into_id, b.id) as b
      from not_duplicates n join contact a on a.id = n.contact_a join contact b on b.id = n.contact_b
      where n.contact_a in ${some} and n.contact_b in ${some}`)),
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
