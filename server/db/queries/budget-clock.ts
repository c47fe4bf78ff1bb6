import { type SQL, sql } from "drizzle-orm";

/** Epoch ms: what is given, else the database's own clock, which is the same for all processes. */
export function clock(now: number | undefined): SQL {
  return now === undefined ? sql`(extract(epoch from clock_timestamp()) * 1000)::bigint` : sql`${now}::bigint`;
}

/** A column of moments as epoch ms. */
export function msOf(column: string): SQL {
  return sql`(extract(epoch from ${sql.identifier(column)}) * 1000)::bigint`;
}
