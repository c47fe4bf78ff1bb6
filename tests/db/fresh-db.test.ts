import { sql } from "drizzle-orm";
import postgres from "postgres";
import { describe, expect, test } from "vitest";
import { freshDb } from "../support/fresh-db.ts";
import { newId } from "../support/ids.ts";

describe("a test's own database", () => {
  test("has the tables and the job queue, and nobody else's rows", async () => {
    const [one, other] = await Promise.all([freshDb(), freshDb()]);
    await one.sql`insert into audit (id, actor_kind, action, subject_kind, subject_id)
      values (${newId()}, 'system', 'x.y', 'site', 'z')`;
    expect(await one.sql`select action from audit`).toHaveLength(1);
    expect(await other.sql`select action from audit`).toHaveLength(0);
    await one.sql`select graphile_worker.add_job('nothing')`;
    await Promise.all([one.drop(), other.drop()]);
  });

  test("keeps time in UTC and cuts a statement that takes too long", async () => {
    const database = await freshDb();
    const [settings] = await database.db.execute<{ zone: string; timeout: string }>(
      sql`select current_setting('TimeZone') as zone, current_setting('statement_timeout') as timeout`,
    );
    expect(settings).toEqual({ zone: "UTC", timeout: "10s" });
    await database.drop();
  });

  test("drop reports a connection that was left open", async () => {
    const database = await freshDb();
    const stray = postgres(database.url, { max: 1, onnotice() {} });
    await stray`select 1 as stray`;
    await expect(database.drop(100)).rejects.toThrow(/left open.*stray/);
    await stray.end();
  });
});
