import { inArray, sql } from "drizzle-orm";
import type { HolderPerson, KeyHolder } from "../../domain/imports/classify-among.ts";
import type { DbOrTx } from "../client.ts";
import { contact } from "../schema/contact.ts";

/** A key on more contacts than this is as good as on this many: it is shared. */
const HOLDERS_KEPT = 4;

export interface KeyedRow {
  readonly line: number;
  readonly emailNorm: string | null;
  readonly phoneNorm: string | null;
}

/** Those who have a row's email, then those who have its phone. */
export type KeyHolders = (row: Pick<KeyedRow, "emailNorm" | "phoneNorm">) => readonly KeyHolder[];

/**
 * Our contacts that have the keys of these rows. Two index scans united: with `or` between them the planner reads far more. Each
 * key is asked for once, and as one array, which Postgres sorts: it goes along the index and does not descend for every key. Who
 * has a key is in one index and who is hidden in another; a contact itself is read only where a row's email may speak against
 * the holder of its phone.
 */
export async function findKeyHolders(db: DbOrTx, rows: readonly KeyedRow[]): Promise<KeyHolders> {
  const heldBy = (kind: "email" | "phone") => sql`
    select i.kind, i.norm, i.contact_id as "contactId" from contact_identity i
    where i.kind = ${kind} and i.norm = any(${keysOf(kind, rows)})
      and not exists (
        select 1 from contact h where h.id = i.contact_id and (h.merged_into_id is not null or h.erased_at is not null))`;
  const held = await db.execute<HeldKey>(sql`${heldBy("email")} union all ${heldBy("phone")}`);
  const holders = { email: groupByNorm(held, "email"), phone: groupByNorm(held, "phone") };
  const byEmail = ({ emailNorm }: Pick<KeyedRow, "emailNorm">) => holders.email.get(emailNorm ?? "") ?? [];
  const byPhone = ({ phoneNorm }: Pick<KeyedRow, "phoneNorm">) => holders.phone.get(phoneNorm ?? "") ?? [];
  const doubtful = rows.flatMap((row) => {
    return row.emailNorm === null ? [] : byPhone(row).filter((contactId) => !byEmail(row).includes(contactId));
  });
  const people = await findPeople(db, doubtful);
  return (row) => [
    ...byEmail(row).map((contactId) => ({ by: "email" as const, contactId })),
    ...byPhone(row).map((contactId) => ({ by: "phone" as const, contactId, person: people.get(contactId) ?? null })),
  ];
}

interface HeldKey extends Record<string, unknown> {
  readonly kind: "email" | "phone";
  readonly norm: string;
  readonly contactId: string;
}

function groupByNorm(held: readonly HeldKey[], wanted: HeldKey["kind"]): ReadonlyMap<string, readonly string[]> {
  const byNorm = new Map<string, string[]>();
  for (const { kind, norm, contactId } of held) {
    if (kind !== wanted) continue;
    const known = byNorm.get(norm);
    if (!known) byNorm.set(norm, [contactId]);
    else if (known.length < HOLDERS_KEPT) known.push(contactId);
  }
  return byNorm;
}

async function findPeople(db: DbOrTx, ids: readonly string[]): Promise<ReadonlyMap<string, HolderPerson>> {
  if (ids.length === 0) return new Map();
  const { id, firstName, lastName, email } = contact;
  const people = await db
    .select({ id, firstName, lastName, email })
    .from(contact)
    .where(inArray(id, [...new Set(ids)]));
  return new Map(people.map((person) => [person.id, person]));
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
