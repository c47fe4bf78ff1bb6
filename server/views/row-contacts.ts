import type { DbOrTx } from "../db/client.ts";
import { findKeyHolders } from "../db/queries/import-match.ts";
import type { ImportRowRow } from "../db/queries/import-row.ts";
import { classifyAmong } from "../domain/imports/classify-among.ts";

/** Whom rows of a file are about, by line: who was chosen or made, and for those that wait who is found now. */
export async function findRowContacts(db: DbOrTx, rows: readonly ImportRowRow[]): Promise<ReadonlyMap<number, string>> {
  const stored = rows.flatMap(({ line, contactId }) => (contactId ? [[line, contactId] as const] : []));
  const waiting = rows.filter(isFoundAnew);
  if (waiting.length === 0) return new Map(stored);
  const holdersOf = await findKeyHolders(db, waiting);
  const found = waiting.flatMap((row) => {
    const { contactId } = classifyAmong(row, holdersOf(row), null);
    return contactId ? [[row.line, contactId] as const] : [];
  });
  return new Map([...stored, ...found]);
}

function isFoundAnew(row: ImportRowRow): boolean {
  if (row.class !== "matched" || row.chosen || row.contactId !== null) return false;
  return row.status === "pending" || row.status === "approved" || row.status === "rejected";
}
