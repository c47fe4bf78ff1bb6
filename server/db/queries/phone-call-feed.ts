import { and, eq, isNotNull, isNull, lt, lte, or } from "drizzle-orm";
import type { DbOrTx, Tx } from "../client.ts";
import { connection } from "../schema/connection.ts";
import { phoneCallFeed } from "../schema/phone-call.ts";
import type { ConnectionRow } from "./connection.ts";

export type PhoneCallFeedRow = typeof phoneCallFeed.$inferSelect;

/** Active connections whose calls nobody has asked for yet, or whose time has come again. */
export async function listDueFeeds(db: DbOrTx, at: Date): Promise<ConnectionRow[]> {
  const rows = await db
    .select({ connection })
    .from(connection)
    .leftJoin(phoneCallFeed, eq(phoneCallFeed.connectionId, connection.id))
    .where(
      and(
        eq(connection.status, "active"),
        isNull(connection.removedAt),
        or(isNull(phoneCallFeed.nextAt), and(lte(phoneCallFeed.nextAt, at), eq(phoneCallFeed.leftAlone, false))),
      ),
    )
    .orderBy(connection.id);
  return rows.map((row) => row.connection);
}

export async function findFeed(db: DbOrTx, connectionId: string): Promise<PhoneCallFeedRow | undefined> {
  const [row] = await db.select().from(phoneCallFeed).where(eq(phoneCallFeed.connectionId, connectionId));
  return row;
}

/** Makes the row where it is the first time. */
export async function saveFeed(
  db: DbOrTx,
  connectionId: string,
  change: Omit<typeof phoneCallFeed.$inferInsert, "connectionId">,
): Promise<void> {
  await db
    .insert(phoneCallFeed)
    .values({ connectionId, ...change })
    .onConflictDoUpdate({ target: phoneCallFeed.connectionId, set: change });
}

/** From now on the connection is not asked for its calls. */
export async function leaveFeedAlone(db: DbOrTx, connectionId: string, at: Date): Promise<void> {
  await db
    .insert(phoneCallFeed)
    .values({ connectionId, nextAt: at, leftAlone: true })
    .onConflictDoUpdate({
      target: phoneCallFeed.connectionId,
      set: { leftAlone: true, problem: null },
      setWhere: eq(phoneCallFeed.leftAlone, false),
    });
}

/** Lets a connection whose calls could not be read be asked for them at the clock's next turn. */
export async function hurryRefusedFeed(tx: Tx, connectionId: string, at: Date): Promise<void> {
  await tx
    .update(phoneCallFeed)
    .set({ nextAt: at })
    .where(and(eq(phoneCallFeed.connectionId, connectionId), isNotNull(phoneCallFeed.problem)));
}

/** Notes that a webhook told of a call, unless that was noted after `unlessAfter`. */
export async function noteHeard(db: DbOrTx, connectionId: string, at: Date, unlessAfter: Date): Promise<void> {
  await db
    .insert(phoneCallFeed)
    .values({ connectionId, heardAt: at, nextAt: at })
    .onConflictDoUpdate({
      target: phoneCallFeed.connectionId,
      set: { heardAt: at },
      setWhere: or(isNull(phoneCallFeed.heardAt), lt(phoneCallFeed.heardAt, unlessAfter)),
    });
}
