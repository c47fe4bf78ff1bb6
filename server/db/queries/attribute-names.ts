import { sql } from "drizzle-orm";
import type { DbOrTx } from "../client.ts";

const VISITORS = 1000;
const NAMES = 50;

/** Names of the attributes websites set on their latest visitors, the commonest first. */
export async function listAttributeNames(db: DbOrTx): Promise<string[]> {
  const rows = await db.execute<{ name: string }>(sql`
    select name from (
      select attributes from visitor where attributes <> '{}'::jsonb order by id desc limit ${VISITORS}
    ) latest, jsonb_object_keys(latest.attributes) as name
    group by name order by count(*) desc, name limit ${NAMES}`);
  return rows.map(({ name }) => name);
}
