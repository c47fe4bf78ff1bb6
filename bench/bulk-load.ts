import postgres from "postgres";
import type { Sql } from "../server/db/client.ts";

/**
 * Lets contacts be stored by the million: with no limit of time, and the search indexes made afterwards, which takes a tenth of it.
 * The SQL function `id_of(n, kind)` makes ids that can be told from a number and a kind of row. Last, the planner is told of `tables`.
 */
export async function bulkLoad(
  databaseUrl: string,
  tables: readonly string[],
  load: (sql: Sql) => Promise<void>,
): Promise<void> {
  const sql = postgres(databaseUrl, { max: 1, onnotice() {} });
  await sql`
    create function id_of(n int, kind int) returns uuid language sql immutable as
    $$ select (lpad(to_hex(n), 8, '0') || '-0000-7000-8000-' || lpad(to_hex(kind), 12, '0'))::uuid $$`;
  const indexes = await sql<{ name: string; made: string }[]>`
    select indexname as name, indexdef as made from pg_indexes
    where tablename in ('contact', 'contact_identity') and indexdef like '%USING gin%'`;
  for (const { name } of indexes) await sql`drop index ${sql(name)}`;
  await load(sql);
  for (const { made } of indexes) await sql.unsafe(made);
  for (const table of tables) await sql`vacuum analyze ${sql(table)}`;
  await sql.end();
}
