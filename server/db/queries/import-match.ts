import { sql } from "drizzle-orm";
import type { DbOrTx } from "../client.ts";

/** More contacts than this with one key are as good as this many: it is shared. */
const HITS_PER_KEY = 4;

export interface KeyedRow {
  readonly line: number;
  readonly emailNorm: string | null;
  readonly phoneNorm: string | null;
}

export interface HitRow extends Record<string, unknown> {
  readonly line: number;
  readonly by: "email" | "phone";
  readonly contactId: string;
  readonly firstName: string | null;
  readonly lastName: string | null;
  readonly email: string | null;
}

/**
 * Our contacts that have the keys of these rows, one line per row, key and contact. Two index joins united: with `or` between
 * them the planner reads far more. Lateral, so that it never reads every key there is because many rows are asked for.
 */
export async function findKeyHits(db: DbOrTx, rows: readonly KeyedRow[]): Promise<HitRow[]> {
  const hitsBy = (kind: "email" | "phone") => sql`
    select k.line, ${kind}::text as by, hit.*
    from ${keysOf(kind, rows)}
    cross join lateral (
      select c.id as "contactId", c.first_name as "firstName", c.last_name as "lastName", c.email
      from contact_identity i join contact c on c.id = i.contact_id
      where i.kind = ${kind} and i.norm = k.norm and c.merged_into_id is null and c.erased_at is null
      limit ${HITS_PER_KEY}) hit`;
  return [...(await db.execute<HitRow>(sql`${hitsBy("email")} union all ${hitsBy("phone")}`))];
}

export interface EarlierHit extends Record<string, unknown> {
  readonly line: number;
  readonly by: "email" | "phone";
  readonly earlier: number;
  readonly emailNorm: string | null;
  readonly cells: Readonly<Record<string, string>>;
}

/** For each of these rows the first good one before it in its file with the same key. */
export async function findEarlierRows(db: DbOrTx, batchId: string, rows: readonly KeyedRow[]): Promise<EarlierHit[]> {
  const hitsBy = (kind: "email" | "phone") => sql`
    select k.line, ${kind}::text as by, hit.*
    from ${keysOf(kind, rows)}
    cross join lateral (
      select r.line as earlier, r.email_norm as "emailNorm", r.cells from import_row r
      where r.batch_id = ${batchId} and r.line < k.line and r.class <> 'invalid'
        and ${kind === "email" ? sql`r.email_norm` : sql`r.phone_norm`} = k.norm
      order by r.line limit 1) hit`;
  return [...(await db.execute<EarlierHit>(sql`${hitsBy("email")} union all ${hitsBy("phone")}`))];
}

function keysOf(kind: "email" | "phone", rows: readonly KeyedRow[]) {
  const keys = rows.flatMap(({ line, emailNorm, phoneNorm }) => {
    const norm = kind === "email" ? emailNorm : phoneNorm;
    return norm === null ? [] : [{ line, norm }];
  });
  return sql`jsonb_to_recordset(${JSON.stringify(keys)}::text::jsonb) as k(line int, norm text)`;
}
