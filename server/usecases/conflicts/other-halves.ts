import { and, eq, inArray } from "drizzle-orm";
import type { DbOrTx } from "../../db/client.ts";
import type { ConflictRow } from "../../db/queries/conflict.ts";
import { conflict } from "../../db/schema/sync.ts";
import { unitOf } from "../../domain/sync/keep-name-together.ts";

const NAME = unitOf("firstName");

/** Pending halves of a name whose other half is pending among `rows`, while they themselves are not. */
export async function otherHalves(db: DbOrTx, rows: readonly ConflictRow[]): Promise<ConflictRow[]> {
  const halves = rows.filter(({ field, status }) => unitOf(field) === NAME && status === "pending");
  if (halves.length === 0) return [];
  const links = halves.map(({ linkId }) => linkId);
  const pending = await db
    .select()
    .from(conflict)
    .where(and(inArray(conflict.linkId, links), eq(conflict.status, "pending")));
  return pending.filter(({ id, field }) => unitOf(field) === NAME && !rows.some((row) => row.id === id));
}

/** Units that do not go on: one of their rows was left behind, or a half of the name was not shown yet. */
export async function brokenUnits(
  db: DbOrTx,
  rows: readonly ConflictRow[],
  left: ReadonlyMap<string, unknown>,
): Promise<Set<string>> {
  const units = rows.filter(({ id }) => left.has(id)).map(({ field }) => unitOf(field));
  const unshown = await otherHalves(db, rows);
  return new Set([...units, ...unshown.map(({ field }) => unitOf(field))]);
}
