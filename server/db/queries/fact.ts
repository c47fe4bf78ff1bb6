import type { VisitorField } from "@rolodesk/shared/vocabulary";
import { eq } from "drizzle-orm";
import type { DbOrTx } from "../client.ts";
import { fact } from "../schema/conversation.ts";

export type FactRow = typeof fact.$inferSelect;

/** The newest fact of each field said in a conversation. What a visitor types never takes the place of what their token said. */
export async function latestFacts(db: DbOrTx, conversationId: string): Promise<Map<VisitorField, FactRow>> {
  const rows = await db.select().from(fact).where(eq(fact.conversationId, conversationId)).orderBy(fact.id);
  const latest = new Map<VisitorField, FactRow>();
  for (const row of rows) {
    const isTyped = row.source === "card" || row.source === "message";
    if (!isTyped || latest.get(row.field)?.source !== "signed") latest.set(row.field, row);
  }
  return latest;
}
