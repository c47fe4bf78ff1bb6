import { type DuplicatePage, type ListDuplicates, MERGE_MAX_CONTACTS } from "@rolodesk/shared/contact-merge";
import type { UserActor } from "../actor.ts";
import type { Db } from "../db/client.ts";
import {
  type Block,
  type BlockMember,
  listBlockMembers,
  listBlocks,
  listCurrentContacts,
} from "../db/queries/duplicates.ts";
import { visibleTo } from "../db/queries/visible-contacts.ts";
import { groupBy } from "../domain/contacts/group-by.ts";
import { type Edge, joinGroups } from "../domain/contacts/join-groups.ts";
import { LIKE_ENOUGH, likeness } from "../domain/contacts/likeness.ts";
import { DomainError } from "../domain/domain-error.ts";
import { dismissedAmong, pairOf } from "./duplicate.ts";
import { viewCandidates } from "./merge.ts";

/** Contacts whose company and last name begin alike: more of them are one big company, and not compared. */
const LARGEST_BLOCK = 60;
const BLOCKS_AT_ONCE = 200;
const LOOKS = 10;

/** Pairs alike by name and company, for somebody to decide. Contacts are compared where both begin alike. */
export async function readSuggestions(db: Db, actor: UserActor, query: ListDuplicates): Promise<DuplicatePage> {
  const groups: { members: readonly string[]; value: string; score: number }[] = [];
  let after = query.cursor === undefined ? null : readCursor(query.cursor);
  let ended = false;
  for (let looks = 0; looks < LOOKS && groups.length < query.limit && !ended; looks += 1) {
    const blocks = await listBlocks(db, after, LARGEST_BLOCK, BLOCKS_AT_ONCE);
    ended = blocks.length < BLOCKS_AT_ONCE;
    const members = groupBy(await listBlockMembers(db, blocks), ({ block }) => block);
    for (const block of blocks) {
      if (groups.length >= query.limit) {
        ended = false;
        break;
      }
      groups.push(...(await alikeIn(db, actor, members.get(cursorOf(block)) ?? [])));
      after = block;
    }
  }
  const contacts = await viewCandidates(
    db,
    groups.flatMap(({ members }) => [...members]),
  );
  return {
    items: groups.map(({ members, value, score }) => ({
      why: [{ kind: "name", value }],
      score,
      contacts: members.flatMap((id) => contacts.get(id) ?? []),
    })),
    nextCursor: ended || !after ? null : cursorOf(after),
  };
}

async function alikeIn(db: Db, actor: UserActor, members: readonly BlockMember[]) {
  const scores = new Map<string, number>();
  const edges: Edge[] = [];
  for (const [n, a] of members.entries()) {
    for (const b of members.slice(n + 1)) {
      const score = likeness(a, b);
      if (score < LIKE_ENOUGH) continue;
      scores.set(pairOf(a.id, b.id), score);
      edges.push({ a: a.id, b: b.id, why: `${a.firstName} ${a.lastName}, ${a.company}` });
    }
  }
  if (edges.length === 0) return [];
  const ids = [...new Set(edges.flatMap(({ a, b }) => [a, b]))];
  const visible = new Set((await listCurrentContacts(db, ids, visibleTo(actor.siteIds))).map(({ id }) => id));
  const dismissed = await dismissedAmong(db, ids);
  const left = edges.filter(({ a, b }) => visible.has(a) && visible.has(b) && !dismissed.has(pairOf(a, b)));
  return joinGroups(left).map((group) => {
    const inside = left.filter(({ a }) => group.members.includes(a));
    const score = Math.min(...inside.map(({ a, b }) => scores.get(pairOf(a, b)) ?? 0));
    return { members: group.members.slice(0, MERGE_MAX_CONTACTS), value: group.why[0] ?? "", score };
  });
}

function cursorOf({ company, lastName }: Block): string {
  return `${company}|${lastName}`;
}

function readCursor(cursor: string): Block {
  const at = cursor.lastIndexOf("|");
  if (at < 0) throw new DomainError("bad_request", "This is no cursor of this list.");
  return { company: cursor.slice(0, at), lastName: cursor.slice(at + 1) };
}
