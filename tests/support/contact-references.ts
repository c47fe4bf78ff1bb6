import { getTableName, sql } from "drizzle-orm";
import type { Db } from "../../server/db/client.ts";
import { MERGE_RULES } from "../../server/db/queries/merge-rules.ts";

/** Every column that refers to a contact, as the database itself has it: `table.column`. */
export async function referringColumns(db: Db): Promise<string[]> {
  const rows = await db.execute<{ name: string }>(sql`
    select c.conrelid::regclass::text || '.' || a.attname as name
    from pg_constraint c join pg_attribute a on a.attrelid = c.conrelid and a.attnum = any(c.conkey)
    where c.contype = 'f' and c.confrelid = 'contact'::regclass`);
  return rows.map(({ name }) => name).sort();
}

/** Every table that refers to a contact, with all its rows. What only notes that something happened is left out. */
export async function rowsOfContacts(db: Db): Promise<Record<string, string[]>> {
  const tables = [...new Set((await referringColumns(db)).map((name) => name.split(".")[0] ?? ""))];
  const all: Record<string, string[]> = {};
  for (const table of tables.filter((name) => name !== "merge_journal")) {
    const rows = await db.execute<{ row: string }>(
      sql`select (to_jsonb(t) - 'updated_at' - 'version')::text as row from ${sql.identifier(table)} t`,
    );
    all[table] = rows.map(({ row }) => row).sort();
  }
  return all;
}

export function countsOf(all: Record<string, string[]>): Record<string, number> {
  return Object.fromEntries(Object.entries(all).map(([table, rows]) => [table, rows.length]));
}

/** Columns with rows that refer to a contact that is hidden, other than those a rule keeps there. */
export async function orphans(db: Db): Promise<string[]> {
  const found: string[] = [];
  for (const rule of MERGE_RULES) {
    if (rule.rule === "keep" || rule.unless) continue;
    const rows = await db.execute(sql`
      select 1 from ${rule.table} as t join contact c on c.id = t.${sql.identifier(rule.column)}
      where c.merged_into_id is not null limit 1`);
    if (rows.length > 0) found.push(`${getTableName(rule.table)}.${rule.column}`);
  }
  return found;
}
