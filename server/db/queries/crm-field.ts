import { and, eq } from "drizzle-orm";
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

/** One object's fields as they were last read, and when; undefined when they never were. */
export async function findCrmFields(
  db: DbOrTx,
  connectionId: string,
  object: string,
): Promise<typeof crmFieldCache.$inferSelect | undefined> {
  const [row] = await db
    .select()
    .from(crmFieldCache)
    .where(and(eq(crmFieldCache.connectionId, connectionId), eq(crmFieldCache.object, object)));
  return row;
}

/** object → its fields when they were last read. Objects never described are not in it. */
export async function listCrmFields(
  db: DbOrTx,
  connectionId: string,
): Promise<Map<string, readonly FieldDescription[]>> {
  const rows = await db.select().from(crmFieldCache).where(eq(crmFieldCache.connectionId, connectionId));
  return new Map(rows.map(({ object, fields }) => [object, fields]));
}
