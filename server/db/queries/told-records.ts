import { and, eq, gte, sql } from "drizzle-orm";
import type { Tx } from "../client.ts";
import { webhookEvent } from "../schema/webhook.ts";
import type { WebhookEventRow } from "./webhook-event.ts";

interface RecordRef {
  readonly object: string;
  readonly externalId: string;
}

/** Until the transaction's end nobody else links this record, nor decides that nobody is linked to it. */
export async function lockTold(tx: Tx, connectionId: string, { object, externalId }: RecordRef): Promise<void> {
  const name = `told:${connectionId}:${object}/${externalId}`;
  await tx.execute(sql`select pg_advisory_xact_lock(hashtextextended(${name}, 0))`);
}

/** Lets events wait again that came when nobody was linked to their record. */
export async function wakeIgnoredEvents(
  tx: Tx,
  connectionId: string,
  { object, externalId }: RecordRef,
  since: Date,
): Promise<WebhookEventRow[]> {
  return await tx
    .update(webhookEvent)
    .set({ status: "waiting", outcome: null, finishedAt: null })
    .where(
      and(
        eq(webhookEvent.status, "ignored"),
        eq(webhookEvent.connectionId, connectionId),
        eq(webhookEvent.object, object),
        eq(webhookEvent.externalId, externalId),
        gte(webhookEvent.createdAt, since),
      ),
    )
    .returning();
}
