import type { DbOrTx } from "../../db/client.ts";
import { findFirstRows, findKeyHits, type HitRow } from "../../db/queries/import-match.ts";
import { fullName, namesAgree, type PersonName } from "../../domain/identity/name.ts";
import { isRoleAddress, SHARED_FROM_CONTACTS } from "../../domain/identity/role-address.ts";
import { type Classified, type ContactHit, classifyRow, type EarlierRow } from "../../domain/imports/classify-row.ts";
import { fileValues } from "../../domain/imports/plan-fill.ts";

export interface KeyedCells {
  readonly line: number;
  readonly cells: Readonly<Record<string, string>>;
  readonly emailNorm: string | null;
  readonly phoneNorm: string | null;
}

/**
 * Whom each of these valid rows is about. `batchId`: rows of that file before them count, those among `rows` too; null: only
 * our contacts do.
 */
export async function classifyRows(
  db: DbOrTx,
  batchId: string | null,
  rows: readonly KeyedCells[],
): Promise<ReadonlyMap<number, Classified>> {
  if (rows.length === 0) return new Map();
  const hits = await findHits(db, rows);
  const earlier = batchId === null ? new Map<number, EarlierRow>() : await earlierRows(db, batchId, rows);
  return new Map(
    rows.map((row) => [row.line, classifyAmong(row, hits.get(row.line) ?? [], earlier.get(row.line) ?? null)]),
  );
}

/** Our contacts that have a key of these rows, by line. */
export async function findHits(db: DbOrTx, rows: readonly KeyedCells[]): Promise<ReadonlyMap<number, HitRow[]>> {
  return groupByLine(await findKeyHits(db, rows));
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

export function nameOf(cells: KeyedCells["cells"]): PersonName {
  const { core } = fileValues({ ...cells }, { emailNorm: null, phoneNorm: null });
  return { firstName: core.firstName ?? null, lastName: core.lastName ?? null };
}

function groupByLine(hits: readonly HitRow[]): Map<number, HitRow[]> {
  const grouped = new Map<number, HitRow[]>();
  for (const hit of hits) {
    const known = grouped.get(hit.line);
    if (known) known.push(hit);
    else grouped.set(hit.line, [hit]);
  }
  return grouped;
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
    return {
      contactId,
      byEmail: hits.some(({ by }) => by === "email"),
      byPhone: hits.some(({ by }) => by === "phone"),
      name: fullName(first),
      hasOtherEmail: first.email !== null && first.email !== row.emailNorm,
      nameAgrees: namesAgree(first, nameOf(row.cells)),
    };
  });
}

/** The first row before each with its email, else with its phone: those stored already, then those among the rows. */
async function earlierRows(
  db: DbOrTx,
  batchId: string,
  rows: readonly KeyedCells[],
): Promise<ReadonlyMap<number, EarlierRow>> {
  const stored = await findFirstRows(db, batchId, rows);
  const found = new Map(stored.map((first) => [`${first.kind} ${first.norm}`, first]));
  const seen = new Map<string, KeyedCells>();
  const result = new Map<number, EarlierRow>();
  for (const row of rows) {
    for (const by of ["email", "phone"] as const) {
      const norm = by === "email" ? row.emailNorm : row.phoneNorm;
      if (norm === null) continue;
      const key = `${by} ${norm}`;
      const before = found.get(key) ?? seen.get(key);
      if (!seen.has(key)) seen.set(key, row);
      if (before && before.line < row.line && !result.has(row.line)) {
        result.set(row.line, toEarlier(before, row, by));
      }
    }
  }
  return result;
}

function toEarlier(
  before: Pick<KeyedCells, "line" | "emailNorm" | "cells">,
  row: KeyedCells,
  by: "email" | "phone",
): EarlierRow {
  return {
    line: before.line,
    byEmail: by === "email",
    hasOtherEmail: row.emailNorm !== null && before.emailNorm !== null && before.emailNorm !== row.emailNorm,
    nameAgrees: namesAgree(nameOf(before.cells), nameOf(row.cells)),
  };
}
