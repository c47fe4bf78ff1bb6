import { type DuplicatePage, type ListDuplicates, MERGE_MAX_CONTACTS } from "@rolodesk/shared/contact-merge";
import type { UserActor } from "../actor.ts";
import type { DbOrTx } from "../db/client.ts";
import type { IdentityKey } from "../db/queries/contact.ts";
import {
  type KeyHolder,
  listCurrentContacts,
  listDismissedPairs,
  listHoldersOfKeys,
  listRepeatedKeys,
} from "../db/queries/duplicates.ts";
import { listIdentitiesByContact } from "../db/queries/merge.ts";
import { visibleTo } from "../db/queries/visible-contacts.ts";
import { groupBy } from "../domain/contacts/group-by.ts";
import { type Edge, type JoinedGroup, joinGroups } from "../domain/contacts/join-groups.ts";
import { DomainError } from "../domain/domain-error.ts";
import { isRoleAddress, SHARED_FROM_CONTACTS } from "../domain/identity/role-address.ts";
import { readSuggestions } from "./duplicate-suggestion.ts";
import { viewCandidates } from "./merge.ts";

/** Steps from one contact over its keys to the next; what is further away comes with the rest once these are merged. */
const STEPS = 5;
/** Looks at most so many times for the page's groups among keys that turn out to be nobody's. */
const LOOKS = 20;

/**
 * Groups of contacts that may be one person. Nothing is computed ahead: keys are walked in the order of their index, and a group
 * belongs to the page of its first key, so that each comes once.
 */
export async function readDuplicates(db: DbOrTx, actor: UserActor, query: ListDuplicates): Promise<DuplicatePage> {
  if (query.by === "names") return await readSuggestions(db, actor, query);
  const groups: JoinedGroup[] = [];
  let after = query.cursor === undefined ? null : readCursor(query.cursor);
  let ended = false;
  for (let looks = 0; looks < LOOKS && groups.length < query.limit && !ended; looks += 1) {
    const keys = await listRepeatedKeys(db, after, query.limit - groups.length);
    groups.push(...(await groupsFrom(db, actor, keys, after)));
    after = keys.at(-1) ?? after;
    ended = keys.length === 0;
  }
  const contacts = await viewCandidates(
    db,
    groups.flatMap(({ members }) => [...members]),
  );
  return {
    items: groups.map(({ members, why }) => ({
      why: why.map(readName),
      score: null,
      contacts: members.flatMap((id) => contacts.get(id) ?? []),
    })),
    nextCursor: ended || !after ? null : nameOf(after),
  };
}

async function groupsFrom(
  db: DbOrTx,
  actor: UserActor,
  keys: readonly IdentityKey[],
  after: IdentityKey | null,
): Promise<JoinedGroup[]> {
  const holders = await followKeys(db, keys);
  const ids = [...new Set(holders.map(({ contactId }) => contactId))];
  const visible = new Set((await listCurrentContacts(db, ids, visibleTo(actor.siteIds))).map(({ id }) => id));
  const edges = edgesOf(holders, visible, await dismissedAmong(db, ids));
  const first = new Set(keys.map(nameOf));
  const begun = after ? nameOf(after) : "";
  return joinGroups(edges).filter(({ why }) => first.has(why[0] ?? "") && (why[0] ?? "") > begun);
}

export async function dismissedAmong(db: DbOrTx, ids: readonly string[]): Promise<ReadonlySet<string>> {
  return new Set((await listDismissedPairs(db, ids)).map(({ a, b }) => pairOf(a, b)));
}

export function pairOf(a: string, b: string): string {
  return [a, b].sort().join("|");
}

/** Everybody who is reached from these keys, each with every key they have that several have. */
async function followKeys(db: DbOrTx, keys: readonly IdentityKey[]): Promise<KeyHolder[]> {
  const known = new Map<string, KeyHolder[]>();
  const contacts = new Set<string>();
  let next: readonly IdentityKey[] = keys;
  for (let step = 0; step < STEPS && next.length > 0; step += 1) {
    const found = groupBy(await listHoldersOfKeys(db, next), nameOf);
    for (const key of next) known.set(nameOf(key), found.get(nameOf(key)) ?? []);
    const joining = [...found.values()].filter(tellsPeople).flat();
    const fresh = [...new Set(joining.map(({ contactId }) => contactId))].filter((id) => !contacts.has(id));
    for (const id of fresh) contacts.add(id);
    const theirs = fresh.length > 0 ? await listIdentitiesByContact(db, fresh) : [];
    next = [...new Map(theirs.map(({ kind, norm }) => [nameOf({ kind, norm }), { kind, norm }])).values()].filter(
      (key) => !known.has(nameOf(key)),
    );
  }
  return [...known.values()].filter(tellsPeople).flat();
}

/** Whether a key says that its holders may be one person: a desk's address and a number on many contacts do not. */
function tellsPeople(holders: readonly KeyHolder[]): boolean {
  const [first] = holders;
  if (!first || holders.length < 2) return false;
  if (first.kind === "phone") return holders.length < SHARED_FROM_CONTACTS;
  return holders.length <= MERGE_MAX_CONTACTS && !isRoleAddress(first.norm);
}

function edgesOf(holders: readonly KeyHolder[], visible: ReadonlySet<string>, dismissed: ReadonlySet<string>): Edge[] {
  const edges: Edge[] = [];
  for (const [why, ofKey] of groupBy(holders, nameOf)) {
    const ids = ofKey.map(({ contactId }) => contactId).filter((id) => visible.has(id));
    for (const [n, a] of ids.entries()) {
      for (const b of ids.slice(n + 1)) if (!dismissed.has(pairOf(a, b))) edges.push({ a, b, why });
    }
  }
  return edges;
}

function nameOf({ kind, norm }: IdentityKey): string {
  return `${kind}:${norm}`;
}

function readName(name: string): { kind: "email" | "phone"; value: string } {
  const { kind, norm } = readCursor(name);
  return { kind, value: norm };
}

function readCursor(cursor: string): IdentityKey {
  const kind = cursor.slice(0, cursor.indexOf(":"));
  if (kind !== "email" && kind !== "phone") throw new DomainError("bad_request", "This is no cursor of this list.");
  return { kind, norm: cursor.slice(kind.length + 1) };
}
