import { and, desc, or, sql } from "drizzle-orm";
import type { DbOrTx } from "../client.ts";
import { contact, contactIdentity } from "../schema/contact.ts";
import type { ContactRow } from "./contact.ts";
import { isCurrent } from "./visible-contacts.ts";

/** Contacts whose name, company, email or phone holds the words; the latest ones when there are none. */
export async function searchContacts(db: DbOrTx, search: string, limit: number): Promise<ContactRow[]> {
  const part = `%${search.replace(/[\\%_]/g, "\\$&")}%`;
  const digits = search.replace(/\D/g, "");
  const phone = digits.length >= 4 ? `%${digits}%` : part;
  const found = or(
    sql`(coalesce(${contact.firstName}, '') || ' ' || coalesce(${contact.lastName}, '') || ' ' || coalesce(${contact.email}, '') || ' ' || coalesce(${contact.phone}, '') || ' ' || coalesce(${contact.company}, '')) ilike ${part}`,
    sql`${contact.id} in (
      select ${contactIdentity.contactId} from ${contactIdentity}
      where ${contactIdentity.norm} ilike ${part} or ${contactIdentity.norm} ilike ${phone})`,
  );
  return await db
    .select()
    .from(contact)
    .where(and(isCurrent(), search === "" ? undefined : found))
    .orderBy(desc(contact.updatedAt), contact.id)
    .limit(limit);
}
