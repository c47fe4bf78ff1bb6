import { inArray } from "drizzle-orm";
import type { DbOrTx } from "../client.ts";
import { mappingCheck } from "../schema/mapping-check.ts";

export type MappingCheckRow = typeof mappingCheck.$inferSelect;

/** connection → what its mapping's last check found. Those never checked are not in it. */
export async function listMappingChecks(db: DbOrTx, connectionIds: string[]): Promise<Map<string, MappingCheckRow>> {
  if (connectionIds.length === 0) return new Map();
  const rows = await db.select().from(mappingCheck).where(inArray(mappingCheck.connectionId, connectionIds));
  return new Map(rows.map((row) => [row.connectionId, row]));
}

export async function storeMappingCheck(db: DbOrTx, row: typeof mappingCheck.$inferInsert): Promise<void> {
  const { connectionId: _key, ...set } = row;
  await db.insert(mappingCheck).values(row).onConflictDoUpdate({ target: mappingCheck.connectionId, set });
}
