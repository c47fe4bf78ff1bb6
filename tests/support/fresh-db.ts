import postgres from "postgres";
import { inject } from "vitest";
import { type OpenDb, openDb } from "../../server/db/client.ts";
import { newId } from "../../server/new-id.ts";
import { emptyTables, leaveEmptied, takeEmptied } from "./emptied-databases.ts";
import { onDatabase } from "./test-database.ts";

export interface FreshDb extends Omit<OpenDb, "close"> {
  /** For what opens its own connections, e.g. workers. */
  readonly url: string;
  /** Closes it and gives it away; fails when somebody else still holds a connection to it after `graceMs`. Call it in `afterAll`. */
  drop(graceMs?: number): Promise<void>;
}

/** A migrated database of one's own, job queue included: an emptied one of an earlier test, or a copy of the template. */
export async function freshDb(): Promise<FreshDb> {
  const server = inject("postgres");
  const name = server.prefix + newId().replaceAll("-", "");
  await asAdmin(server.url, async (admin) => {
    if (await takeEmptied(admin, server.prefix, name)) return;
    await admin`create database ${admin(name)} template ${admin(server.template)} strategy file_copy`;
  });
  const url = onDatabase(server.url, name);
  const { db, sql, close } = openDb(url, { max: 5 });
  return {
    db,
    sql,
    url,
    async drop(graceMs = CLOSING_GRACE_MS) {
      await close();
      await asAdmin(server.url, async (admin) => {
        const leaks = await leftOpen(admin, name, graceMs);
        const emptied = leaks.length === 0 && (await asAdmin(url, (sql) => emptyTables(sql, server.tables)));
        if (!emptied || !(await leaveEmptied(admin, server.prefix, name))) {
          await admin`drop database ${admin(name)} with (force)`;
        }
        if (leaks.length > 0) throw new Error(`Connections left open: ${leaks.join("; ")}`);
      });
    },
  };
}

const CLOSING_GRACE_MS = 10_000;

/** Connections still there after a grace: a server needs a moment to notice that a client went. */
async function leftOpen(admin: postgres.Sql, database: string, graceMs: number): Promise<string[]> {
  const deadline = Date.now() + graceMs;
  for (;;) {
    const rows = await admin<{ what: string }[]>`
      select application_name || ': ' || left(query, 80) as what from pg_stat_activity where datname = ${database}`;
    if (rows.length === 0 || Date.now() > deadline) return rows.map(({ what }) => what);
    await admin`select pg_sleep(0.02)`;
  }
}

async function asAdmin<T>(url: string, work: (sql: postgres.Sql) => Promise<T>): Promise<T> {
  const admin = postgres(url, { max: 1, onnotice() {} });
  try {
    return await work(admin);
  } finally {
    await admin.end();
  }
}
