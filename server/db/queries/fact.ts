import type { VisitorField } from "@rolodesk/shared/vocabulary";
import { eq } from "drizzle-orm";
import type { DbOrTx } from "../client.ts";
import { fact } from "../schema/conversation.ts";

export type FactRow = typeof fact.$inferSelect;

/** The newest fact of each field said in a conversation. */
export async function latestFacts(db: DbOrTx, conversationId: string): Promise<Map<VisitorField, FactRow>> {
  const rows = await db.select().from(fact).where(eq(fact.conversationId, conversationId)).orderBy(fact.id);
  return new Map(rows.map((row) => [row.field, row]));
}
