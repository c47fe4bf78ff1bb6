import { sql } from "drizzle-orm";
import type { DbOrTx } from "../client.ts";

/** A key on more contacts than this is as good as on this many: it is shared. */
const HOLDERS_KEPT = 4;

export interface KeyedRow {
  readonly line: number;
  readonly emailNorm: string | null;
  readonly phoneNorm: string | null;
}

interface Holder extends Record<string, unknown> {
  readonly norm: string;
  readonly by: "email" | "phone";
  readonly contactId: string;
  readonly firstName: string | null;
  readonly lastName: string | null;
  readonly email: string | null;
}

/** One of our contacts that has a key of a row. */
export type HitRow = Pick<Holder, "by" | "contactId" | "firstName" | "lastName" | "email">;

/** Those who have a row's email, then those who have its phone. */
export type KeyHits = (row: Pick<KeyedRow, "emailNorm" | "phoneNorm">) => readonly HitRow[];

/**
 * Our contacts that have the keys of these rows. Two index scans united: with `or` between them the planner reads far more. Each
 * key is asked for once, and as one array, which Postgres sorts: it goes along the index and does not descend for every key.
 */
export async function findKeyHits(db: DbOrTx, rows: readonly KeyedRow[]): Promise<KeyHits> {
  const holdersBy = (kind: "email" | "phone") => sql`
    select i.kind as by, i.norm, c.id as "contactId", c.first_name as "firstName", c.last_name as "lastName", c.email
    from contact_identity i
    join contact c on c.id = i.contact_id and c.merged_into_id is null and c.erased_at is null
    where i.kind = ${kind} and i.norm = any(array(
      select jsonb_array_elements_text(${JSON.stringify(keysOf(kind, rows))}::text::jsonb)))`;
  const holders = await db.execute<Holder>(sql`${holdersBy("email")} union all ${holdersBy("phone")}`);
  const byKey = new Map<string, Holder[]>();
  for (const holder of holders) {
    const key = `${holder.by} ${holder.norm}`;
    const known = byKey.get(key);
    if (!known) byKey.set(key, [holder]);
    else if (known.length < HOLDERS_KEPT) known.push(holder);
  }
  return ({ emailNorm, phoneNorm }) => [
    ...(byKey.get(`email ${emailNorm}`) ?? []),
    ...(byKey.get(`phone ${phoneNorm}`) ?? []),
  ];
}

export interface FirstRow extends Record<string, unknown> {
  readonly kind: "email" | "phone";
  readonly norm: string;
  readonly line: number;
  readonly emailNorm: string | null;
  readonly cells: Readonly<Record<string, string>>;
}

/**
 * For each key of these rows the first good row of their file that has it. Each key is asked for once, however many rows share
 * it. The condition is the index's own expression, and the fence (`offset 0`) keeps the planner from walking through the file
 * in its order until it meets the key.
 */
export async function findFirstRows(db: DbOrTx, batchId: string, rows: readonly KeyedRow[]): Promise<FirstRow[]> {
  const firstBy = (kind: "email" | "phone") => {
    const column = kind === "email" ? sql`h.email_norm` : sql`h.phone_norm`;
    const keys = JSON.stringify(keysOf(kind, rows));
    return sql`
      select ${kind}::text as kind, k.norm, first.*
      from jsonb_array_elements_text(${keys}::text::jsonb) as k(norm)
      cross join lateral (
        select * from (
          select h.line, h.email_norm as "emailNorm", h.cells from import_row h
          where h.class <> 'invalid' and ${column} is not null
            and (h.batch_id::text || ' ' || ${column}) = ${batchId}::text || ' ' || k.norm offset 0) held
        order by held.line limit 1) first`;
  };
  return [...(await db.execute<FirstRow>(sql`${firstBy("email")} union all ${firstBy("phone")}`))];
}

function keysOf(kind: "email" | "phone", rows: readonly KeyedRow[]): string[] {
  const norms = rows.map(({ emailNorm, phoneNorm }) => (kind === "email" ? emailNorm : phoneNorm));
  return [...new Set(norms.filter((norm) => norm !== null))];
}
