import { sql } from "drizzle-orm";
import type { DbOrTx } from "../client.ts";

/** A column that holds sealed texts, and its table's key. */
export interface SealedColumn {
  readonly table: string;
  readonly key: string;
  readonly column: string;
}

interface SealedText {
  readonly id: string;
  readonly sealed: string;
}

/** A page of them by key, those after `after`. */
export async function listSealed(
  db: DbOrTx,
  { table, key, column }: SealedColumn,
  after: string | null,
  limit: number,
): Promise<SealedText[]> {
  const [id, sealed] = [sql.identifier(key), sql.identifier(column)];
  const rows = await db.execute<{ id: string; sealed: string }>(sql`
    select ${id}::text as id, ${sealed} as sealed from ${sql.identifier(table)}
    where ${sealed} is not null and (${after}::text is null or ${id}::text > ${after}) order by 1 limit ${limit}`);
  return [...rows];
}

/** Unless it was replaced meanwhile. */
export async function replaceSealed(
  db: DbOrTx,
  { table, key, column }: SealedColumn,
  { id, sealed }: SealedText,
  anew: string,
): Promise<void> {
  const held = sql.identifier(column);
  await db.execute(
    sql`update ${sql.identifier(table)} set ${held} = ${anew} where ${sql.identifier(key)}::text = ${id} and ${held} = ${sealed}`,
  );
}
