import { fullName, namesAgree, type PersonName } from "../identity/name.ts";
import { isRoleAddress, SHARED_FROM_CONTACTS } from "../identity/role-address.ts";
import { type Classified, type ContactHit, classifyRow, type EarlierRow } from "./classify-row.ts";
import { nameInCells } from "./plan-fill.ts";

export interface KeyedCells {
  readonly line: number;
  readonly cells: Readonly<Record<string, string>>;
  readonly emailNorm: string | null;
  readonly phoneNorm: string | null;
}

/** What of a contact can speak for or against a row with its phone. */
export interface HolderPerson extends PersonName {
  readonly email: string | null;
}

/**
 * One of our contacts that has a key of a row. `person` is there where a row has an email besides, and the holder of its phone
 * does not have it; else nothing depends on it.
 */
export type KeyHolder =
  | { readonly by: "email"; readonly contactId: string }
  | { readonly by: "phone"; readonly contactId: string; readonly person: HolderPerson | null };

/** Whom one valid row is about, among those who have its keys. */
export function classifyAmong(row: KeyedCells, holders: readonly KeyHolder[], earlier: EarlierRow | null): Classified {
  return classifyRow({
    hasEmail: row.emailNorm !== null,
    hasPhone: row.phoneNorm !== null,
    shared: {
      email: row.emailNorm !== null && (isRoleAddress(row.emailNorm) || isOnMany(holders, "email")),
      phone: isOnMany(holders, "phone"),
    },
    hits: toHits(holders, row),
    earlier,
  });
}

function isOnMany(holders: readonly KeyHolder[], by: KeyHolder["by"]): boolean {
  return holders.filter((holder) => holder.by === by).length >= SHARED_FROM_CONTACTS;
}

function toHits(holders: readonly KeyHolder[], row: KeyedCells): ContactHit[] {
  const hits = new Map<string, ContactHit>();
  for (const holder of holders) {
    const { contactId } = holder;
    const hit = hits.get(contactId) ?? { ...NO_HIT, contactId };
    hits.set(contactId, holder.by === "email" ? { ...hit, byEmail: true } : { ...hit, ...byPhone(holder, row) });
  }
  return [...hits.values()];
}

const NO_HIT = { byEmail: false, byPhone: false, name: null, hasOtherEmail: false, nameAgrees: false };

function byPhone({ person }: KeyHolder & { by: "phone" }, row: KeyedCells) {
  if (!person) return { byPhone: true };
  const hasOtherEmail = person.email !== null && person.email !== row.emailNorm;
  const nameAgrees = hasOtherEmail && namesAgree(person, nameInCells(row.cells));
  return { byPhone: true, name: fullName(person), hasOtherEmail, nameAgrees };
}
