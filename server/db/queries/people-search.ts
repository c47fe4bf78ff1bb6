import { type SQL, sql } from "drizzle-orm";
import { contact, contactIdentity } from "../schema/contact.ts";

/** Contacts with a part of their name, company, or of any of their emails and phones, as a list for `in`. A phone is found by its digits. */
export function peopleFound(search: string): SQL {
  const part = `%${search.replace(/[\\%_]/g, "\\$&")}%`;
  const digits = search.replace(/\D/g, "");
  const phone = digits.length >= 4 ? `%${digits}%` : part;
  return sql`(
    select ${contact.id} from ${contact}
      where (coalesce(${contact.firstName}, '') || ' ' || coalesce(${contact.lastName}, '') || ' ' || coalesce(${contact.email}, '') || ' ' || coalesce(${contact.phone}, '') || ' ' || coalesce(${contact.company}, '')) ilike ${part}
    union select ${contactIdentity.contactId} from ${contactIdentity}
      where ${contactIdentity.norm} ilike ${part} or ${contactIdentity.norm} ilike ${phone})`;
}
