import { eq, inArray } from "drizzle-orm";
import type { DbOrTx } from "../../db/client.ts";
import type { ConflictRow } from "../../db/queries/conflict.ts";
import { connection } from "../../db/schema/connection.ts";
import { conversation } from "../../db/schema/conversation.ts";
import { site } from "../../db/schema/site.ts";
import { conflict } from "../../db/schema/sync.ts";

/** conflict → the countries its phone numbers are read with: its site's, then its account's. */
export async function countriesOf(
  db: DbOrTx,
  conflicts: readonly ConflictRow[],
): Promise<Map<string, (string | null)[]>> {
  if (conflicts.length === 0) return new Map();
  const rows = await db
    .select({ id: conflict.id, country: site.defaultCountry, facts: connection.facts })
    .from(conflict)
    .innerJoin(connection, eq(connection.id, conflict.connectionId))
    .leftJoin(conversation, eq(conversation.id, conflict.conversationId))
    .leftJoin(site, eq(site.id, conversation.siteId))
    .where(
      inArray(
        conflict.id,
        conflicts.map(({ id }) => id),
      ),
    );
  return new Map(
    rows.map(({ id, country, facts }) => [id, [country, typeof facts.country === "string" ? facts.country : null]]),
  );
}
