import { sql } from "drizzle-orm";
import { expect, test } from "vitest";
import { endConnections } from "../support/end-connections.ts";
import { eventually } from "../support/eventually.ts";
import { freshDb } from "../support/fresh-db.ts";

const AT_ONCE = 5;

test("connections that the server ends amid transactions fail those alone: nothing is thrown into the void, and the pool goes on", async () => {
  const database = await freshDb();
  const { db } = database;
  for (let round = 0; round < 8; round += 1) {
    let ended: Promise<void> | undefined;
    const transactions = Array.from({ length: AT_ONCE }, () =>
      db.transaction(async (tx) => {
        for (let n = 0; n < 2_000; n += 1) {
          await tx.execute(sql`select ${n}::int`);
          ended ??= endConnections(database.url);
        }
        // whoever was done sooner than all were ended meets it now
        await ended;
        await tx.execute(sql`select 1`);
      }),
    );
    const outcomes = Promise.allSettled(transactions);
    expect((await outcomes).some(({ status }) => status === "rejected")).toBe(true);
    await ended;
    // as many at once as the pool has connections: none of them is lost to it, though it may find only now that one was ended
    await eventually("the whole pool to answer", async () => {
      const answers = await Promise.allSettled(
        Array.from({ length: AT_ONCE }, () => db.execute(sql`select pg_sleep(0.01)`)),
      );
      return answers.every(({ status }) => status === "fulfilled");
    });
  }
  await database.drop();
});
