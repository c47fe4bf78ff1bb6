import { and, eq, isNull, or, type SQL, sql } from "drizzle-orm";
import type { DbOrTx, Tx } from "../client.ts";
import { contact } from "../schema/contact.ts";
import type { ContactRow } from "./contact.ts";
import { servesSites } from "./served-connections.ts";

/**
 * Which contacts a user may know of: all of them, who serves all sites; else those who talked on one of the sites, or have a
 * record in a CRM that serves one. `siteIds` as an actor has them, null for all. To be asked of few contacts: a list of the
 * many that pass is quick only as one for each of `waysToKnow`, since an `or` gathers all conversations of the sites first.
 */
export function visibleTo(siteIds: readonly string[] | null): SQL | undefined {
  return or(...waysToKnow(siteIds));
}

/** Why a user may know of a contact: at least one of these holds. */
export function waysToKnow(siteIds: readonly string[] | null): readonly (SQL | undefined)[] {
  if (siteIds === null) return [undefined];
  const sites = sql`${`{${siteIds.join(",")}}`}::uuid[]`;
  return [
    sql`exists (select 1 from conversation c where c.contact_id = ${contact.id} and c.site_id = any(${sites}))`,
    sql`exists (
      select 1 from crm_link l
      where l.contact_id = ${contact.id} and l.state = 'live' and ${servesSites(sql`l.connection_id`, siteIds)})`,
  ];
}

/** Contacts that stand for somebody today: not merged into another, not erased. */
export function isCurrent(): SQL | undefined {
  return and(isNull(contact.mergedIntoId), isNull(contact.erasedAt));
}

/** The contact an id stands for: its own, or the one it was merged into. Null where there is none, or the person was erased. */
export async function resolveContactId(db: DbOrTx, id: string): Promise<string | null> {
  const [row] = await db
    .select({ id: contact.id, mergedIntoId: contact.mergedIntoId, erasedAt: contact.erasedAt })
    .from(contact)
    .where(eq(contact.id, id));
  if (!row || row.erasedAt) return null;
  return row.mergedIntoId ?? row.id;
}

/**
 * The contact an id stands for, which nobody merges or erases until the transaction ends: what is to be given to a contact must
 * not come to one that was merged away a moment ago.
 */
export async function holdCurrentContact(tx: Tx, id: string): Promise<string | null> {
  const [row] = await tx
    .select({ id: contact.id, mergedIntoId: contact.mergedIntoId, erasedAt: contact.erasedAt })
    .from(contact)
    .where(eq(contact.id, id))
    .for("key share");
  if (!row || row.erasedAt) return null;
  return row.mergedIntoId ? await holdCurrentContact(tx, row.mergedIntoId) : row.id;
}

/** The contact an id stands for, if the user may know of it. */
export async function findVisibleContact(
  db: DbOrTx,
  siteIds: readonly string[] | null,
  id: string,
): Promise<ContactRow | undefined> {
  const current = await resolveContactId(db, id);
  if (!current) return undefined;
  const [row] = await db
    .select()
    .from(contact)
    .where(and(eq(contact.id, current), isCurrent(), visibleTo(siteIds)));
  return row;
}
