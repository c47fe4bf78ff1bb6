import { and, type Column, ilike, or, type SQL, sql } from "drizzle-orm";
import type { ContactSearch } from "../../domain/contacts/read-search.ts";
import type { DbOrTx } from "../client.ts";
import { contact, contactIdentity } from "../schema/contact.ts";
import { isCurrent } from "./visible-contacts.ts";

/** More are not gathered: what so many have is met soon enough among the contacts that were active last. */
const GATHERED_MAX = 5_000;

/**
 * Ids of all that a search finds, in no order; null where there is no search or too many are found. They are gathered by the
 * trigram indexes before they are put in order: asked for in order, the planner walks all contacts whenever it takes a word
 * for common that is not.
 */
export async function gatherFound(db: DbOrTx, search: ContactSearch | undefined): Promise<readonly string[] | null> {
  if (!search || search.words.length === 0) return null;
  const most = GATHERED_MAX + 1;
  const [inContact, inKeys] = await Promise.all([
    db
      .select({ id: contact.id })
      .from(contact)
      .where(and(isCurrent(), hasWords(search)))
      .limit(most),
    search.key === null
      ? []
      : db.select({ id: contactIdentity.contactId }).from(contactIdentity).where(hasKey(search.key)).limit(most),
  ]);
  if (Math.max(inContact.length, inKeys.length) > GATHERED_MAX) return null;
  return [...new Set([...inContact, ...inKeys].map(({ id }) => id))];
}

/** Conditions of which one holds for everybody whom a search finds: each is quick by an index, and none serves both. */
export function searchedIn(search: ContactSearch | undefined): readonly (SQL | undefined)[] {
  if (!search) return [undefined];
  if (search.key === null) return [hasWords(search)];
  const holders = sql`(select ${contactIdentity.contactId} from ${contactIdentity} where ${hasKey(search.key)})`;
  return [hasWords(search), sql`${contact.id} in ${holders}`];
}

function hasWords({ words, beginnings, key }: ContactSearch): SQL | undefined {
  const { firstName, lastName, company, email } = contact;
  const named = [firstName, lastName, company];
  // the main address is among the keys, but for letters that a domain is not compared by
  const anywhere = key === null || /\P{ASCII}/u.test(key) ? [...named, email] : named;
  const inAny = (patterns: readonly string[]) => (column: Column) => patterns.map((pattern) => ilike(column, pattern));
  return and(
    ...words.map((word) => or(...anywhere.flatMap(inAny([`%${literal(word)}%`])))),
    ...beginnings.map((word) => {
      const begins = `${literal(word)}%`;
      return or(ilike(email, begins), ...named.flatMap(inAny([begins, `% ${begins}`])));
    }),
  );
}

function hasKey(key: string): SQL {
  return ilike(contactIdentity.norm, `%${literal(key)}%`);
}

function literal(text: string): string {
  return text.replace(/[\\%_]/g, "\\$&");
}
