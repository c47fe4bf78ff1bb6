import type { IdentityKey } from "../../db/queries/contact.ts";
import { lockContactKeys } from "../../db/queries/contact-keys.ts";
import { advanceBatch, type ImportBatchRow } from "../../db/queries/import-batch.ts";
import { findKeyHolders, type KeyHolders } from "../../db/queries/import-match.ts";
import { insertContacts, insertIdentities, updateContacts } from "../../db/queries/import-page.ts";
import {
  emptyRows,
  type ImportRowRow,
  lockApproved,
  type RowOutcome,
  storeOutcomes,
} from "../../db/queries/import-row.ts";
import type { Deps } from "../../deps.ts";
import { classifyAmong, type KeyHolder } from "../../domain/imports/classify-among.ts";
import type { Classified } from "../../domain/imports/classify-row.ts";
import { fileValues } from "../../domain/imports/plan-fill.ts";
import { ERASED_PERSON_WORDS, readErasedKeys } from "../erase/erased-keys.ts";
import { FilePeople } from "./file-people.ts";

/** Rows that become contacts together, in one transaction. */
const CHUNK_ROWS = 500;

/**
 * Brings in the next approved rows after a line: a contact is made, or blanks of one are filled, and what differs waits on the
 * row. Who a row is is asked anew, since our contacts have changed; one that several could be now waits again. Returns the last
 * line it dealt with; null when there was none.
 */
export async function importChunk(deps: Deps, batch: ImportBatchRow, after: number): Promise<number | null> {
  return await deps.db.transaction(async (tx) => {
    const rows = await lockApproved(tx, batch.id, after, CHUNK_ROWS);
    const last = rows.at(-1);
    if (!last) return null;
    await lockContactKeys(tx, rows);
    const at = deps.now();
    const holdersOf = await findKeyHolders(tx, rows);
    const people = await FilePeople.load(tx, deps, { at, source: batch.source }, meant(rows, holdersOf));
    const isErased = await readErasedKeys(tx, deps, rows.flatMap(keysOf));
    const outcomes = rows.map((row) => bringIn(people, row, holdersOf(row), isErased));
    const { made, identities, changed } = people.writes();
    await insertContacts(tx, made);
    await updateContacts(tx, changed, at);
    await insertIdentities(tx, identities);
    await storeOutcomes(tx, batch.id, outcomes, at);
    await emptyRows(
      tx,
      batch.id,
      outcomes.flatMap(({ line, problem }) => (problem === ERASED_PERSON_WORDS ? [line] : [])),
    );
    await advanceBatch(tx, batch.id, "importing", rows.length);
    return last.line;
  });
}

/** Contacts that these rows may turn out to be. */
function meant(rows: readonly ImportRowRow[], holdersOf: KeyHolders): string[] {
  const chosen = rows.flatMap((row) => (row.chosen && row.contactId ? [row.contactId] : []));
  return [...new Set([...chosen, ...rows.flatMap(holdersOf).map(({ contactId }) => contactId)])];
}

function keysOf({ emailNorm, phoneNorm }: ImportRowRow): IdentityKey[] {
  const keys = [
    { kind: "email" as const, norm: emailNorm },
    { kind: "phone" as const, norm: phoneNorm },
  ];
  return keys.flatMap(({ kind, norm }) => (norm === null ? [] : { kind, norm }));
}

function bringIn(
  people: FilePeople,
  row: ImportRowRow,
  stored: readonly KeyHolder[],
  isErased: (key: IdentityKey) => boolean,
): RowOutcome {
  const holders = [...stored, ...people.holdersOf(row)];
  const verdict: Classified = row.chosen
    ? { class: row.contactId ? "matched" : "unmatched", contactId: row.contactId, duplicateOf: null, notes: row.notes }
    : classifyAmong(row, holders, null);
  const kept = { line: row.line, notes: verdict.notes, createdContact: false, filled: [], differences: [] };
  if (verdict.class === "ambiguous") {
    return { ...kept, class: "ambiguous", status: "pending", contactId: null, openDifferences: 0, problem: null };
  }
  const values = fileValues(row.cells, row);
  if (!verdict.contactId && keysOf(row).some(isErased)) {
    const left = { class: row.class, status: "skipped" as const, contactId: null, openDifferences: 0 };
    return { ...kept, ...left, problem: ERASED_PERSON_WORDS };
  }
  if (!verdict.contactId) {
    const contactId = people.make(values, row.cells.source);
    const made = { contactId, createdContact: true, openDifferences: 0, problem: null };
    return { ...kept, ...made, class: "unmatched", status: "imported", filled: Object.keys(values.core) };
  }
  const owners = new Set(holders.filter(({ contactId }) => contactId !== verdict.contactId).map(({ by }) => by));
  const filled = people.fill(verdict.contactId, values, owners);
  if (!filled) {
    const problem = "The contact it was meant for is not there any more.";
    return { ...kept, class: row.class, status: "skipped", contactId: null, openDifferences: 0, problem };
  }
  return {
    ...kept,
    class: row.class === "duplicate" ? "duplicate" : "matched",
    notes: row.class === "duplicate" ? row.notes : verdict.notes,
    status: "imported",
    contactId: verdict.contactId,
    filled: filled.filled,
    differences: filled.differences,
    openDifferences: filled.differences.length,
    problem: null,
  };
}
