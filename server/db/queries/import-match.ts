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
    const norms = rows.map(({ emailNorm, phoneNorm }) => (kind === "email" ? emailNorm : phoneNorm));
    const column = kind === "email" ? sql`h.email_norm` : sql`h.phone_norm`;
    const keys = JSON.stringify([...new Set(norms.filter((norm) => norm !== null))]);
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

function keysOf(kind: "email" | "phone", rows: readonly KeyedRow[]) {
  const keys = rows.flatMap(({ line, emailNorm, phoneNorm }) => {
    const norm = kind === "email" ? emailNorm : phoneNorm;
    return norm === null ? [] : [{ line, norm }];
  });
  return sql`jsonb_to_recordset(${JSON.stringify(keys)}::text::jsonb) as k(line int, norm text)`;
}
