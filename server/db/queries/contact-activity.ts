import { sql } from "drizzle-orm";
import type { Tx } from "../client.ts";

/**
 * Notes that something happened with a contact, for the order of the directory. One that is held by somebody else at the moment
 * is left as it is: whoever waited here with a conversation in hand could stand in a merge's way, and the order is not worth that.
 */
export async function markActive(tx: Tx, contactId: string, at: Date): Promise<void> {
  await tx.execute(sql`
    update contact set last_activity_at = ${at.toISOString()}::timestamptz
    where id in (select id from contact where id = ${contactId} for no key update skip locked)
      and last_activity_at < ${at.toISOString()}::timestamptz`);
}
