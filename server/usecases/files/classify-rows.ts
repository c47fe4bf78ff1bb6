import type { DbOrTx } from "../../db/client.ts";
import { type FirstRow, findFirstRows, findKeyHits, type HitRow } from "../../db/queries/import-match.ts";
import { fullName, namesAgree } from "../../domain/identity/name.ts";
import { isRoleAddress, SHARED_FROM_CONTACTS } from "../../domain/identity/role-address.ts";
import { type Classified, type ContactHit, classifyRow, type EarlierRow } from "../../domain/imports/classify-row.ts";
import { nameInCells } from "../../domain/imports/plan-fill.ts";

export interface KeyedCells {
  readonly line: number;
  readonly cells: Readonly<Record<string, string>>;
  readonly emailNorm: string | null;
  readonly phoneNorm: string | null;
}

/**
 * Whom each of these valid rows of a file is about, by line. Rows before them in the file count: those that are stored, those
 * among `rows`, and `unstored`, which come just before them and may not be stored yet.
 */
export async function classifyRows(
  db: DbOrTx,
  batchId: string,
  rows: readonly KeyedCells[],
  unstored: readonly KeyedCells[] = [],
): Promise<ReadonlyMap<number, Classified>> {
  if (rows.length === 0) return new Map();
  const hitsOf = await findKeyHits(db, rows);
  const earlier = firstOf(await findFirstRows(db, batchId, rows), unstored, rows);
  return new Map(rows.map((row) => [row.line, classifyAmong(row, hitsOf(row), earlier.get(row.line) ?? null)]));
}

/** Whom one row is about, among those who have its keys. */
export function classifyAmong(row: KeyedCells, hits: readonly HitRow[], earlier: EarlierRow | null): Classified {
  return classifyRow({
    hasEmail: row.emailNorm !== null,
    hasPhone: row.phoneNorm !== null,
    shared: {
      email: row.emailNorm !== null && (isRoleAddress(row.emailNorm) || isOnMany(hits, "email")),
      phone: isOnMany(hits, "phone"),
    },
    hits: toHits(hits, row),
    earlier,
  });
}

function isOnMany(hits: readonly HitRow[], by: "email" | "phone"): boolean {
  return hits.filter((hit) => hit.by === by).length >= SHARED_FROM_CONTACTS;
}

function toHits(found: readonly HitRow[], row: KeyedCells): ContactHit[] {
  const byContact = new Map<string, HitRow[]>();
  for (const hit of found) byContact.set(hit.contactId, [...(byContact.get(hit.contactId) ?? []), hit]);
  return [...byContact].flatMap(([contactId, hits]) => {
    const [first] = hits;
    if (!first) return [];
    const hasOtherEmail = first.email !== null && first.email !== row.emailNorm;
    return {
      contactId,
      byEmail: hits.some(({ by }) => by === "email"),
      byPhone: hits.some(({ by }) => by === "phone"),
      name: fullName(first),
      hasOtherEmail,
      nameAgrees: hasOtherEmail && namesAgree(first, nameInCells(row.cells)),
    };
  });
}

/** The first row before each of `rows` with its email, else with its phone. */
function firstOf(
  stored: readonly FirstRow[],
  unstored: readonly KeyedCells[],
  rows: readonly KeyedCells[],
): ReadonlyMap<number, EarlierRow> {
  const firsts = new Map<string, Omit<KeyedCells, "phoneNorm">>();
  for (const first of stored) firsts.set(`${first.kind} ${first.norm}`, first);
  for (const row of unstored) for (const [, key] of keysOf(row)) if (!firsts.has(key)) firsts.set(key, row);
  const result = new Map<number, EarlierRow>();
  for (const row of rows) {
    for (const [by, key] of keysOf(row)) {
      const first = firsts.get(key);
      if (!first || first.line > row.line) firsts.set(key, row);
      else if (first.line < row.line && !result.has(row.line)) result.set(row.line, toEarlier(first, row, by));
    }
  }
  return result;
}

function keysOf({ emailNorm, phoneNorm }: KeyedCells): ["email" | "phone", string][] {
  return [
    ...(emailNorm === null ? [] : [["email", `email ${emailNorm}`] satisfies ["email", string]]),
    ...(phoneNorm === null ? [] : [["phone", `phone ${phoneNorm}`] satisfies ["phone", string]]),
  ];
}

function toEarlier(before: Omit<KeyedCells, "phoneNorm">, row: KeyedCells, by: "email" | "phone"): EarlierRow {
  const hasOtherEmail = row.emailNorm !== null && before.emailNorm !== null && before.emailNorm !== row.emailNorm;
  return {
    line: before.line,
    byEmail: by === "email",
    hasOtherEmail,
    nameAgrees: hasOtherEmail && namesAgree(nameInCells(before.cells), nameInCells(row.cells)),
  };
}
