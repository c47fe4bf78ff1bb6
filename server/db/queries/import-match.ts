import { sql } from "drizzle-orm";
import type { KeyHolder } from "../../domain/imports/classify-among.ts";
import type { DbOrTx } from "../client.ts";

/** A key on more contacts than this is as good as on this many: it is shared. */
const HOLDERS_KEPT = 4;

export interface KeyedRow {
  readonly line: number;
  readonly emailNorm: string | null;
  readonly phoneNorm: string | null;
}

type Held<By = KeyHolder["by"]> = Record<string, unknown> & { readonly norm: string } & Extract<KeyHolder, { by: By }>;

/** Those who have a row's email, then those who have its phone. */
export type KeyHolders = (row: Pick<KeyedRow, "emailNorm" | "phoneNorm">) => readonly KeyHolder[];

/**
 * Our contacts that have the keys of these rows. Two statements: with `or` in one the planner reads far more. Each key is asked
 * for once, and as one array, which Postgres sorts: it goes along the index and does not descend for every key. Who has an email is
 * in the index, and who is hidden is in another: nobody's own row is read for it.
 */
export async function findKeyHolders(db: DbOrTx, rows: readonly KeyedRow[]): Promise<KeyHolders> {
  const emails = await db.execute<Held<"email">>(sql`
    select i.kind as by, i.norm, i.contact_id as "contactId" from contact_identity i
    where i.kind = 'email' and i.norm = any(${keysOf("email", rows)})
      and not exists (
        select 1 from contact h where h.id = i.contact_id and (h.merged_into_id is not null or h.erased_at is not null))`);
  const phones = await db.execute<Held<"phone">>(sql`
    select i.kind as by, i.norm, c.id as "contactId", c.first_name as "firstName", c.last_name as "lastName", c.email
    from contact_identity i
    join contact c on c.id = i.contact_id and c.merged_into_id is null and c.erased_at is null
    where i.kind = 'phone' and i.norm = any(${keysOf("phone", rows)})`);
  const [byEmail, byPhone] = [groupByNorm(emails), groupByNorm(phones)];
  return ({ emailNorm, phoneNorm }) => [
    ...(byEmail.get(emailNorm ?? "") ?? []),
    ...(byPhone.get(phoneNorm ?? "") ?? []),
  ];
}

function groupByNorm(holders: readonly Held[]): ReadonlyMap<string, readonly Held[]> {
  const byNorm = new Map<string, Held[]>();
  for (const holder of holders) {
    const known = byNorm.get(holder.norm);
    if (!known) byNorm.set(holder.norm, [holder]);
    else if (known.length < HOLDERS_KEPT) known.push(holder);
  }
  return byNorm;
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
    return sql`
      select ${kind}::text as kind, k.norm, first.*
      from unnest(${keysOf(kind, rows)}) as k(norm)
      cross join lateral (
        select * from (
          select h.line, h.email_norm as "emailNorm", h.cells from import_row h
          where h.class <> 'invalid' and ${column} is not null
            and (h.batch_id::text || ' ' || ${column}) = ${batchId}::text || ' ' || k.norm offset 0) held
        order by held.line limit 1) first`;
  };
  return [...(await db.execute<FirstRow>(sql`${firstBy("email")} union all ${firstBy("phone")}`))];
}

/** The keys as an array of their own, each once. */
function keysOf(kind: "email" | "phone", rows: readonly KeyedRow[]) {
  const norms = rows.map(({ emailNorm, phoneNorm }) => (kind === "email" ? emailNorm : phoneNorm));
  const keys = JSON.stringify([...new Set(norms.filter((norm) => norm !== null))]);
  return sql`array(select jsonb_array_elements_text(${keys}::text::jsonb))`;
}
