import type { SQL } from "drizzle-orm";
import { PgDialect } from "drizzle-orm/pg-core";
import type { Db } from "./client.ts";

const dialect = new PgDialect();

/**
 * Runs a statement that each connection plans once: for those that take as long to plan as to run. Its text may not depend on
 * data, since every text is kept for as long as its connection. Outside transactions; dates come out as text.
 */
export async function executePrepared<Row extends object>(db: Db, statement: SQL): Promise<Row[]> {
  const { sql, params } = dialect.sqlToQuery(statement);
  return [...(await db.$client.unsafe<Row[]>(sql, params as string[], { prepare: true }))];
}
