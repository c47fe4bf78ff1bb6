import { and, asc, eq, gt, inArray, sql } from "drizzle-orm";
import type { Tx } from "../client.ts";
import { contact, contactIdentity } from "../schema/contact.ts";
import { importRow } from "../schema/staging.ts";

interface MadeRow {
  readonly line: number;
  readonly contactId: string;
}

/** The next rows that made a contact which is there, after a line. */
export async function listMadeRows(tx: Tx, batchId: string, after: number, limit: number): Promise<MadeRow[]> {
  const rows = await tx
    .select({ line: importRow.line, contactId: importRow.contactId })
    .from(importRow)
    .where(
      and(
        eq(importRow.batchId, batchId),
        gt(importRow.line, after),
        eq(importRow.status, "imported"),
        importRow.createdContact,
      ),
    )
    .orderBy(asc(importRow.line))
    .limit(limit)
    .for("update");
  return rows.flatMap(({ line, contactId }) => (contactId ? [{ line, contactId }] : []));
}

export type Touch = "changed" | "conversation" | "linked" | "other_file" | "merged";

/** What has happened to these contacts since a batch made them, one reason each; those untouched are left out. */
export async function findTouched(
  tx: Tx,
  batchId: string,
  contactIds: readonly string[],
): Promise<ReadonlyMap<string, Touch>> {
  const rows = await tx.execute<{ id: string; touch: Touch }>(sql`
    with made as (
      select r.contact_id as id, max(r.imported_at) as at from import_row r
      where r.batch_id = ${batchId} and ${inArray(sql`r.contact_id`, [...contactIds])} group by r.contact_id)
    select distinct on (id) id, touch from (
      select m.id, 'conversation' as touch, 1 as n from made m join conversation c on c.contact_id = m.id
      union all select m.id, 'conversation', 1 from made m join visitor v on v.contact_id = m.id
      union all select m.id, 'linked', 2 from made m join crm_link l on l.contact_id = m.id
      union all select m.id, 'merged', 3 from made m join contact c on c.merged_into_id = m.id
      union all select m.id, 'merged', 3 from made m join contact c on c.id = m.id and c.merged_into_id is not null
      union all select m.id, 'other_file', 4 from made m join import_row o on o.contact_id = m.id and o.batch_id <> ${batchId}
      union all select m.id, 'changed', 5 from made m join contact c on c.id = m.id and c.updated_at > m.at
      union all select m.id, 'changed', 5 from made m join contact_identity i on i.contact_id = m.id and i.source <> 'file'
    ) touched order by id, n`);
  return new Map(rows.map(({ id, touch }) => [id, touch]));
}

/** Deletes contacts and lets go of the rows that made them. Fails, as a whole, when anything else refers to one. */
export async function deleteMadeContacts(tx: Tx, batchId: string, contactIds: readonly string[]): Promise<void> {
  if (contactIds.length === 0) return;
  const ids = [...contactIds];
  await tx
    .update(importRow)
    .set({
      status: "undone",
      contactId: null,
      problem: null,
      openDifferences: 0,
      version: sql`${importRow.version} + 1`,
    })
    .where(and(eq(importRow.batchId, batchId), inArray(importRow.contactId, ids)));
  await tx.delete(contactIdentity).where(inArray(contactIdentity.contactId, ids));
  await tx.delete(contact).where(inArray(contact.id, ids));
}

/** Says of rows why their contacts stay. */
export async function storeKept(
  tx: Tx,
  batchId: string,
  kept: readonly { line: number; problem: string }[],
): Promise<void> {
  if (kept.length === 0) return;
  await tx.execute(sql`
    update import_row r set problem = k.problem, version = r.version + 1
    from jsonb_to_recordset(${JSON.stringify(kept)}::text::jsonb) as k(line int, problem text)
    where r.batch_id = ${batchId} and r.line = k.line`);
}
