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

/** One of our contacts that has a key of a row. A phone number says less than an email: what else is known decides with it. */
export type KeyHolder =
  | { readonly by: "email"; readonly contactId: string }
  | ({ readonly by: "phone"; readonly contactId: string; readonly email: string | null } & PersonName);

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

function byPhone(holder: KeyHolder & { by: "phone" }, row: KeyedCells) {
  const hasOtherEmail = holder.email !== null && holder.email !== row.emailNorm;
  const nameAgrees = hasOtherEmail && namesAgree(holder, nameInCells(row.cells));
  return { byPhone: true, name: fullName(holder), hasOtherEmail, nameAgrees };
}
