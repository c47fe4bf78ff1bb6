import type { WebhookRefusal } from "@rolodesk/shared/vocabulary";
import { eq, sql } from "drizzle-orm";
import type { DbOrTx } from "../client.ts";
import { webhookRefusal } from "../schema/webhook.ts";

type WebhookRefusalRow = typeof webhookRefusal.$inferSelect;

/** Notes the newest refused delivery of a connection. */
export async function saveRefusal(db: DbOrTx, connectionId: string, reason: WebhookRefusal, at: Date): Promise<void> {
  await db
    .insert(webhookRefusal)
    .values({ connectionId, reason, at })
    .onConflictDoUpdate({
      target: webhookRefusal.connectionId,
      set: { reason, at, count: sql`${webhookRefusal.count} + 1` },
    });
}

export async function findRefusal(db: DbOrTx, connectionId: string): Promise<WebhookRefusalRow | undefined> {
  const [row] = await db.select().from(webhookRefusal).where(eq(webhookRefusal.connectionId, connectionId));
  return row;
}
