import type { Sql } from "../client.ts";

/** More contacts than this with one key are as good as this many: it is shared. */
const HITS_PER_KEY = 4;

export interface KeyedRow {
  readonly line: number;
  readonly emailNorm: string | null;
  readonly phoneNorm: string | null;
}

export interface HitRow {
  readonly line: number;
  readonly by: "email" | "phone";
  readonly contactId: string;
  readonly firstName: string | null;
  readonly lastName: string | null;
  readonly email: string | null;
}

/**
 * Our contacts that have the keys of these rows, one line per row, key and contact. Two index joins united: with `or` between
 * them the planner reads far more. The lateral subquery keeps it from reading every key there is once many rows are asked for.
 */
export async function findKeyHits(sql: Sql, rows: readonly KeyedRow[]): Promise<HitRow[]> {
  const emails = rows.filter(({ emailNorm }) => emailNorm !== null);
  const phones = rows.filter(({ phoneNorm }) => phoneNorm !== null);
  return await sql<HitRow[]>`
    select k.line, 'email' as by, hit.*
    from unnest(${emails.map(({ line }) => line)}::int[], ${emails.map((row) => row.emailNorm ?? "")}::text[]) k(line, norm)
    cross join lateral (
      select c.id as "contactId", c.first_name as "firstName", c.last_name as "lastName", c.email
      from contact_identity i join contact c on c.id = i.contact_id
      where i.kind = 'email' and i.norm = k.norm and c.merged_into_id is null and c.erased_at is null
      limit ${HITS_PER_KEY}) hit
    union all
    select k.line, 'phone', hit.*
    from unnest(${phones.map(({ line }) => line)}::int[], ${phones.map((row) => row.phoneNorm ?? "")}::text[]) k(line, norm)
    cross join lateral (
      select c.id as "contactId", c.first_name as "firstName", c.last_name as "lastName", c.email
      from contact_identity i join contact c on c.id = i.contact_id
      where i.kind = 'phone' and i.norm = k.norm and c.merged_into_id is null and c.erased_at is null
      limit ${HITS_PER_KEY}) hit`;
}

export interface EarlierHit {
  readonly line: number;
  readonly by: "email" | "phone";
  readonly earlier: number;
  readonly emailNorm: string | null;
  readonly cells: Readonly<Record<string, string>>;
}

/** For each of these rows the first good one before it in its file with the same key. */
export async function findEarlierRows(sql: Sql, batchId: string, rows: readonly KeyedRow[]): Promise<EarlierHit[]> {
  const emails = rows.filter(({ emailNorm }) => emailNorm !== null);
  const phones = rows.filter(({ phoneNorm }) => phoneNorm !== null);
  return await sql<EarlierHit[]>`
    select k.line, 'email' as by, hit.*
    from unnest(${emails.map(({ line }) => line)}::int[], ${emails.map((row) => row.emailNorm ?? "")}::text[]) k(line, norm)
    cross join lateral (
      select r.line as earlier, r.email_norm as "emailNorm", r.cells from import_row r
      where r.batch_id = ${batchId} and r.email_norm = k.norm and r.line < k.line and r.class <> 'invalid'
      order by r.line limit 1) hit
    union all
    select k.line, 'phone', hit.*
    from unnest(${phones.map(({ line }) => line)}::int[], ${phones.map((row) => row.phoneNorm ?? "")}::text[]) k(line, norm)
    cross join lateral (
      select r.line as earlier, r.email_norm as "emailNorm", r.cells from import_row r
      where r.batch_id = ${batchId} and r.phone_norm = k.norm and r.line < k.line and r.class <> 'invalid'
      order by r.line limit 1) hit`;
}
