import { type DuplicatePage, type ListDuplicates, MERGE_MAX_CONTACTS } from "@rolodesk/shared/contact-merge";
import type { UserActor } from "../actor.ts";
import type { Db } from "../db/client.ts";
import type { IdentityKey } from "../db/queries/contact.ts";
import { type KeyHolder, listDismissedPairs, listHoldersOfKeys, listRepeatedKeys } from "../db/queries/duplicates.ts";
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

/** A page of the groups of contacts that may be one person. */
export async function readDuplicates(db: Db, actor: UserActor, query: ListDuplicates): Promise<DuplicatePage> {
  if (query.by === "names") return await readSuggestions(db, actor, query);
  const after = query.cursor === undefined ? null : readCursor(query.cursor);
  const { groups, next } = await findGroups(db, actor, after, query.limit);
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
    nextCursor: next && nameOf(next),
  };
}

/**
 * The next groups, and the key after which the rest come; null when there are no more. Nothing is computed ahead: keys are walked
 * in the order of their index, and a group belongs to the page of its first key, so that each comes once.
 */
export async function findGroups(
  db: Db,
  actor: UserActor,
  start: IdentityKey | null,
  limit: number,
): Promise<{ groups: readonly JoinedGroup[]; next: IdentityKey | null }> {
  const groups: JoinedGroup[] = [];
  let after = start;
  for (let looks = 0; looks < LOOKS && groups.length < limit; looks += 1) {
    const keys = await listRepeatedKeys(db, after, limit - groups.length);
    groups.push(...(await groupsFrom(db, actor, keys, after)));
    after = keys.at(-1) ?? after;
    if (keys.length === 0) return { groups, next: null };
  }
  return { groups, next: after };
}

async function groupsFrom(
  db: Db,
  actor: UserActor,
  keys: readonly IdentityKey[],
  after: IdentityKey | null,
): Promise<JoinedGroup[]> {
  const holders = await followKeys(db, actor, keys, after);
  const ids = [...new Set(holders.map(({ contactId }) => contactId))];
  const edges = edgesOf(holders, await dismissedAmong(db, ids));
  const here = new Set(keys.map(nameOf));
  const met = new Set(holders.flatMap((holder) => (holder.met ? [nameOf(holder)] : [])));
  return joinGroups(edges).filter(({ why }) => why.some((key) => here.has(key)) && !why.some((key) => met.has(key)));
}

export async function dismissedAmong(db: Db, ids: readonly string[]): Promise<ReadonlySet<string>> {
  return new Set((await listDismissedPairs(db, ids)).map(({ a, b }) => pairOf(a, b)));
}

export function pairOf(a: string, b: string): string {
  return [a, b].sort().join("|");
}

/** Everybody who is reached from these keys, each with every key they have that several have. */
async function followKeys(
  db: Db,
  { siteIds }: UserActor,
  keys: readonly IdentityKey[],
  after: IdentityKey | null,
): Promise<KeyHolder[]> {
  const joining: KeyHolder[] = [];
  const followed = new Set<string>();
  let next = keys;
  for (let step = 0; step < STEPS && next.length > 0; step += 1) {
    for (const key of next) followed.add(nameOf(key));
    const found = groupBy(await listHoldersOfKeys(db, siteIds, next, after, MERGE_MAX_CONTACTS + 1), nameOf);
    const telling = [...found.values()].filter(tellsPeople).flat();
    joining.push(...telling);
    const reached = new Map(telling.flatMap(({ others }) => others.map((key) => [nameOf(key), key] as const)));
    next = [...reached].flatMap(([name, key]) => (followed.has(name) ? [] : [key]));
  }
  return joining;
}

/** Whether a key says that its holders may be one person: a desk's address and a number on many contacts do not. */
function tellsPeople(holders: readonly KeyHolder[]): boolean {
  const [first] = holders;
  if (!first || holders.length < 2) return false;
  if (first.kind === "phone") return holders.length < SHARED_FROM_CONTACTS;
  return holders.length <= MERGE_MAX_CONTACTS && !isRoleAddress(first.norm);
}

function edgesOf(holders: readonly KeyHolder[], dismissed: ReadonlySet<string>): Edge[] {
  const edges: Edge[] = [];
  for (const [why, ofKey] of groupBy(holders, nameOf)) {
    const ids = ofKey.flatMap(({ contactId, visible }) => (visible ? [contactId] : []));
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
