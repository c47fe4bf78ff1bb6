import { eq, sql } from "drizzle-orm";
import { afterAll, beforeAll, expect, test } from "vitest";
import { preparing } from "../../server/db/preparing.ts";
import { user } from "../../server/db/schema/auth.ts";
import { type FreshDb, freshDb } from "../support/fresh-db.ts";
import { newId } from "../support/ids.ts";

let database: FreshDb;
beforeAll(async () => {
  database = await freshDb();
});
afterAll(() => database.drop());

test("statements are parsed once per connection, in transactions and within them, and say the same", async () => {
  const db = preparing(database.db);
  const id = newId();
  const createdAt = new Date("2026-03-04T05:06:07.089Z");
  const prepared = await db.transaction(async (tx) => {
    await tx.insert(user).values({ id, name: "Ana", email: `${id}@example.com`, role: "agent", createdAt });
    await tx.transaction((inner) => inner.update(user).set({ name: "Ana Reyes" }).where(eq(user.id, id)));
    for (let times = 0; times < 3; times += 1) await tx.select().from(user).where(eq(user.id, id));
    return await tx.execute<{ statement: string }>(
      sql`select statement from pg_prepared_statements where statement like '%"user"%'`,
    );
  });
  expect(prepared.map(({ statement }) => statement.split(" ")[0]).sort()).toEqual(["insert", "select", "update"]);
  expect(await db.select().from(user).where(eq(user.id, id))).toEqual(
    await database.db.select().from(user).where(eq(user.id, id)),
  );
  expect(await db.query.user.findFirst({ where: eq(user.id, id) })).toMatchObject({ name: "Ana Reyes", createdAt });
});
