import { and, desc, eq, inArray, isNull, lt, type SQL, sql } from "drizzle-orm";
import { getTableConfig } from "drizzle-orm/pg-core";
import type { DbOrTx, Tx } from "../client.ts";
import { contact, contactIdentity } from "../schema/contact.ts";
import { conversation, visitor } from "../schema/conversation.ts";
import { mergeJournal } from "../schema/merge.ts";
import { phoneCall } from "../schema/phone-call.ts";
import { conflict, crmLink } from "../schema/sync.ts";
import type { ContactIdentityRow, ContactRow } from "./contact.ts";
import type { CrmLinkRow } from "./crm-link.ts";
import type { MergeRule } from "./merge-rules.ts";

export type MergeJournalRow = typeof mergeJournal.$inferSelect;
type Moving = Extract<MergeRule, { rule: "move" }>;
type PrimaryKey = Readonly<Record<string, string | number>>;

/** Gives up on a lock sooner than the database looks for rings of waiting transactions: then it is the merge that begins again. */
export async function waitBriefly(tx: Tx): Promise<void> {
  await tx.execute(sql`set local lock_timeout = '500ms'`);
}

/** Conversations, browsers and calls first, as those do who give them a contact; then the contacts, in one order. */
export async function lockForMerge(tx: Tx, ids: readonly string[]): Promise<ContactRow[]> {
  const some = [...ids];
  for (const table of [conversation, visitor, phoneCall]) {
    await tx.select({ id: table.id }).from(table).where(inArray(table.contactId, some)).orderBy(table.id).for("update");
  }
  return await tx.select().from(contact).where(inArray(contact.id, some)).orderBy(contact.id).for("update");
}

export async function listIdentitiesByContact(db: DbOrTx, ids: readonly string[]): Promise<ContactIdentityRow[]> {
  return await db
    .select()
    .from(contactIdentity)
    .where(inArray(contactIdentity.contactId, [...ids]));
}

/** Gives the rows of one table to the survivor. Returns their primary keys. */
export async function moveRows(tx: Tx, rule: Moving, from: string, to: string): Promise<PrimaryKey[]> {
  const column = sql.identifier(rule.column);
  const rows = await tx.execute<{ pk: PrimaryKey }>(sql`
    update ${rule.table} as t set ${column} = ${to} where t.${column} = ${from} ${unless(rule, to)}
    returning jsonb_build_object(${sql.join(
      primaryKeyOf(rule).flatMap(({ name }) => [sql.raw(`'${name}'`), sql`t.${sql.identifier(name)}`]),
      sql`, `,
    )}) as pk`);
  return rows.map(({ pk }) => pk);
}

/** How many rows of one table a merge would give away. */
export async function countRows(db: DbOrTx, rule: Moving, from: string, to: string): Promise<number> {
  const [row] = await db.execute<{ count: number }>(sql`
    select count(*)::int as count from ${rule.table} as t
    where t.${sql.identifier(rule.column)} = ${from} ${unless(rule, to)}`);
  return row?.count ?? 0;
}

/** Gives moved rows back, except those that are somebody else's by now or gone. Returns how many. */
export async function giveBackRows(
  tx: Tx,
  rule: Moving,
  rows: readonly PrimaryKey[],
  { survivorId, mergedId }: { survivorId: string; mergedId: string },
): Promise<number> {
  if (rows.length === 0) return 0;
  const column = sql.identifier(rule.column);
  const given = await tx.execute(sql`
    update ${rule.table} as t set ${column} = ${mergedId}
    from ${recordset(rule, rows)} where t.${column} = ${survivorId} and ${samePrimaryKey(rule)} returning 1`);
  return given.length;
}

/** How many of the moved rows an unmerge would give back. */
export async function countReturning(
  db: DbOrTx,
  rule: Moving,
  rows: readonly PrimaryKey[],
  survivorId: string,
): Promise<number> {
  if (rows.length === 0) return 0;
  const [row] = await db.execute<{ count: number }>(sql`
    select count(*)::int as count from ${rule.table} as t, ${recordset(rule, rows)}
    where t.${sql.identifier(rule.column)} = ${survivorId} and ${samePrimaryKey(rule)}`);
  return row?.count ?? 0;
}

/** Whether any row refers to a contact by the column of one of these rules. */
export async function isReferredTo(db: DbOrTx, rules: readonly MergeRule[], contactId: string): Promise<boolean> {
  const looks = rules.map(
    ({ table, column }) => sql`select 1 from ${table} where ${sql.identifier(column)} = ${contactId}`,
  );
  const rows = await db.execute(sql`${sql.join(looks, sql` union all `)} limit 1`);
  return rows.length > 0;
}

function unless({ unless: exception }: Moving, to: string): SQL {
  if (!exception) return sql``;
  return sql`and not exists (
    select 1 from contact_identity own where own.contact_id = ${to} and own.kind = t.kind and own.norm = t.norm)`;
}

function primaryKeyOf({ table }: MergeRule): { name: string; type: string }[] {
  const { columns, primaryKeys } = getTableConfig(table);
  const names = new Set(primaryKeys.flatMap((key) => key.columns.map(({ name }) => name)));
  return columns
    .filter(({ primary, name }) => primary || names.has(name))
    .map((column) => ({ name: column.name, type: column.getSQLType() }));
}

function recordset(rule: MergeRule, rows: readonly PrimaryKey[]): SQL {
  const columns = primaryKeyOf(rule).map(({ name, type }) => sql`${sql.identifier(name)} ${sql.raw(type)}`);
  return sql`jsonb_to_recordset(${JSON.stringify(rows)}::text::jsonb) as r(${sql.join(columns, sql`, `)})`;
}

function samePrimaryKey(rule: MergeRule): SQL {
  const pairs = primaryKeyOf(rule).map(({ name }) => sql`t.${sql.identifier(name)} = r.${sql.identifier(name)}`);
  return sql.join(pairs, sql` and `);
}

export async function listLinksOf(db: DbOrTx, contactIds: readonly string[]): Promise<CrmLinkRow[]> {
  return await db
    .select()
    .from(crmLink)
    .where(inArray(crmLink.contactId, [...contactIds]))
    .orderBy(crmLink.id);
}

/** A link of an unmerged contact lives again, unless its record or its contact has another live one by now. */
export async function reopenLink(tx: Tx, id: string, reason: string): Promise<boolean> {
  const rows = await tx.execute(sql`
    update crm_link as l set state = 'live', closed_reason = null
    where l.id = ${id} and l.state = 'closed' and l.closed_reason = ${reason}
      and not exists (select 1 from crm_link o where o.id <> l.id and o.state = 'live'
        and o.connection_id = l.connection_id
        and (o.contact_id = l.contact_id or (o.object = l.object and o.external_id = l.external_id)))
    returning 1`);
  return rows.length === 1;
}

/** Conflicts that a merge voided wait again, where their link lives and nobody has asked the same since. */
export async function reopenConflicts(tx: Tx, ids: readonly string[]): Promise<number> {
  if (ids.length === 0) return 0;
  const rows = await tx.execute(sql`
    update conflict as c set status = 'pending', problem = null, applying_since = null, version = c.version + 1
    where c.id in ${[...ids]} and c.status = 'void'
      and exists (select 1 from crm_link l where l.id = c.link_id and l.state = 'live')
      and not exists (select 1 from conflict o where o.link_id = c.link_id and o.property = c.property
        and o.status in ('pending', 'applying'))
    returning 1`);
  return rows.length;
}

export async function insertJournal(tx: Tx, row: typeof mergeJournal.$inferInsert): Promise<void> {
  await tx.insert(mergeJournal).values(row);
}

export async function findJournal(db: DbOrTx, id: string): Promise<MergeJournalRow | undefined> {
  const [row] = await db.select().from(mergeJournal).where(eq(mergeJournal.id, id));
  return row;
}

export async function lockJournal(tx: Tx, id: string): Promise<MergeJournalRow | undefined> {
  const [row] = await tx.select().from(mergeJournal).where(eq(mergeJournal.id, id)).for("update");
  return row;
}

export async function closeJournal(
  tx: Tx,
  id: string,
  change: Required<Pick<typeof mergeJournal.$inferInsert, "undoneAt" | "undoneBy" | "stayed">>,
): Promise<void> {
  await tx.update(mergeJournal).set(change).where(eq(mergeJournal.id, id));
}

/** Merges of all contacts or into one, latest first. */
export async function listJournal(
  db: DbOrTx,
  { survivorId, before, visible, limit }: JournalQuery,
): Promise<{ journal: MergeJournalRow; survivor: ContactRow }[]> {
  return await db
    .select({ journal: mergeJournal, survivor: contact })
    .from(mergeJournal)
    .innerJoin(contact, eq(contact.id, mergeJournal.survivorId))
    .where(
      and(
        isNull(contact.erasedAt),
        survivorId ? eq(mergeJournal.survivorId, survivorId) : undefined,
        before ? lt(mergeJournal.id, before) : undefined,
        visible,
      ),
    )
    .orderBy(desc(mergeJournal.id))
    .limit(limit);
}

interface JournalQuery {
  readonly survivorId?: string;
  readonly before?: string;
  /** Which survivors may be known of. */
  readonly visible: SQL | undefined;
  readonly limit: number;
}

export async function voidConflicts(tx: Tx, linkId: string, problem: string): Promise<string[]> {
  const rows = await tx
    .update(conflict)
    .set({ status: "void", problem, applyingSince: null, version: sql`${conflict.version} + 1` })
    .where(and(eq(conflict.linkId, linkId), inArray(conflict.status, ["pending", "applying"])))
    .returning({ id: conflict.id });
  return rows.map(({ id }) => id);
}

/** A contact's conversations, the latest first. */
export async function listConversationsOf(db: DbOrTx, contactId: string, limit: number) {
  return await db
    .select({ id: conversation.id, siteId: conversation.siteId, version: conversation.version })
    .from(conversation)
    .where(eq(conversation.contactId, contactId))
    .orderBy(desc(conversation.lastMessageAt))
    .limit(limit);
}
