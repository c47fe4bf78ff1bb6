import { z } from "zod";
import type { FindQuery } from "../../domain/connector.ts";
import { bothEnded } from "../both-ended.ts";
import type { GhlClient } from "./client.ts";
import { type Contact, DuplicateAnswer, SearchAnswer } from "./schema.ts";

/** The location's duplicate rule, as the last connection test read it; unknown before the first. */
export const GhlFacts = z.object({
  allowDuplicateContact: z.boolean().nullish(),
  contactUniqueIdentifiers: z.array(z.string()).nullish(),
});
export type GhlFacts = z.infer<typeof GhlFacts>;

interface FinderInput {
  readonly call: GhlClient;
  readonly locationId: string;
  readonly facts: GhlFacts;
  /** Reads one contact from the primary store; undefined when it is gone. */
  readonly read: (id: string) => Promise<Contact | undefined>;
}

/** HighLevel takes no longer filter values (contact search). */
const MAX_FILTER_CHARS = 75;
/** A key that leads to more contacts than this identifies nobody. */
const MAX_CANDIDATES = 100;

/**
 * Finds everybody who has the email or the phone.
 *
 * The duplicate endpoint is fresh but names one contact, by the location's own order of keys; the search is complete
 * but its index lags. Each is asked once, at the same time; where both know a contact, the fresh one counts. One
 * contact that only the index knows is read again: it may have changed, or be gone.
 */
export function createFinder({ call, locationId, facts, read }: FinderInput) {
  return async function findContacts(query: FindQuery): Promise<readonly Contact[]> {
    if (!query.email && !query.phone) return [];
    const [fresh, indexed] = await bothEnded(lookUp(query), search(query));
    const [only, ...others] = indexed;
    if (!fresh && only && others.length === 0) {
      const now = await read(only.id);
      return now ? [now] : [];
    }
    return fresh ? [fresh, ...indexed.filter((contact) => contact.id !== fresh.id)] : indexed;
  };

  async function lookUp({ email, phone }: FindQuery): Promise<Contact | undefined> {
    const query = new URLSearchParams({ locationId });
    if (email && isLookedUp("email")) query.set("email", email);
    if (phone && isLookedUp("phone")) query.set("number", phone.e164);
    if (query.size === 1) return undefined;
    const answer = await call(DuplicateAnswer, { method: "GET", path: `/contacts/search/duplicate?${query}` });
    return answer.contact ?? undefined;
  }

  /** Where duplicates are forbidden, only the location's unique identifiers are looked up. */
  function isLookedUp(key: "email" | "phone"): boolean {
    const { allowDuplicateContact, contactUniqueIdentifiers } = facts;
    return allowDuplicateContact !== false || !contactUniqueIdentifiers || contactUniqueIdentifiers.includes(key);
  }

  async function search(query: FindQuery): Promise<readonly Contact[]> {
    const filters = filtersOf(query);
    if (filters.length === 0) return [];
    const body = { locationId, pageLimit: MAX_CANDIDATES, filters: [{ group: "OR", filters }] };
    const answer = await call(SearchAnswer, { method: "POST", path: "/contacts/search", body, readOnly: true });
    return answer.contacts;
  }
}

/** Numbers that came in without a country code are stored as `+` and the digits typed. */
function filtersOf({ email, phone }: FindQuery) {
  const values: [field: string, value: string][] = [];
  if (email && email.length <= MAX_FILTER_CHARS) values.push(["email", email.toLowerCase()]);
  for (const value of phone ? new Set([phone.e164, `+${phone.national}`, phone.national]) : []) {
    values.push(["phone", value]);
  }
  return values.map(([field, value]) => ({ field, operator: "eq", value }));
}
