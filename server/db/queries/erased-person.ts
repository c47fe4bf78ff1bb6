import { type SQL, sql } from "drizzle-orm";

/** In place of what an erased person said. */
export const ERASED_WORDS = "Erased at this person's request.";

/** Who is erased, and by what rows that are not their contact's tell of them. */
export interface ErasedPerson {
  /** The contact, and all that were merged into it. */
  readonly contactIds: readonly string[];
  /** Normal forms. */
  readonly emails: readonly string[];
  readonly phones: readonly string[];
  /** In CRMs, by every id they ever had. */
  readonly records: readonly { readonly connectionId: string; readonly externalId: string }[];
}

/** Runs a statement that deletes or empties rows, and counts them under a name. */
export type Erase = (what: string, statement: SQL) => Promise<void>;

/** For `in`. */
export function idList(ids: readonly string[]): SQL {
  return sql`(select unnest(${`{${ids.join(",")}}`}::uuid[]))`;
}

/** For `in`. */
export function textList(texts: readonly string[]): SQL {
  return sql`(select jsonb_array_elements_text(${JSON.stringify(texts)}::text::jsonb))`;
}
