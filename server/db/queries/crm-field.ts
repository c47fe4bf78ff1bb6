import { eq } from "drizzle-orm";
import type { FieldDescription } from "../../domain/connector.ts";
import type { DbOrTx } from "../client.ts";
import { crmFieldCache } from "../schema/connection.ts";

export async function storeCrmFields(db: DbOrTx, row: typeof crmFieldCache.$inferInsert): Promise<void> {
  const { fields, fetchedAt } = row;
  await db
    .insert(crmFieldCache)
    .values(row)
    .onConflictDoUpdate({ target: [crmFieldCache.connectionId, crmFieldCache.object], set: { fields, fetchedAt } });
}

/** object → its fields when they were last read. Objects never described are not in it. */
export async function listCrmFields(
  db: DbOrTx,
  connectionId: string,
): Promise<Map<string, readonly FieldDescription[]>> {
  const rows = await db.select().from(crmFieldCache).where(eq(crmFieldCache.connectionId, connectionId));
  return new Map(rows.map(({ object, fields }) => [object, fields]));
}
