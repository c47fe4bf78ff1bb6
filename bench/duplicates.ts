import type { IdentityKey } from "../server/db/queries/contact.ts";
import type { Deps } from "../server/deps.ts";
import { readSimilarContacts } from "../server/views/contact-directory.ts";
import { findGroups, readDuplicates } from "../server/views/duplicate.ts";
import { actorOf, CONTACTS, withDirectory } from "./contacts/with-directory.ts";
import { median, quantile, timed } from "./figures.ts";

/**
 * Duplicates among 1,000,000 contacts: all groups over emails and phones beside what none of it can beat, the keys from one
 * statement and a union-find over them; the next page of 50; and the look for somebody similar.
 */
const ROUNDS = 5;
const PAGES = 200;
const PAGE = 50;
/** All groups are read in larger pages: nobody looks at them one after the other. */
const PAGE_OF_ALL = 2_000;
const everybody = actorOf(null);

await withDirectory(async (deps) => {
  console.log(`${CONTACTS.toLocaleString("en")} contacts\n`);
  await compareAll(deps);
  await measurePages(deps);
  await measureSimilar(deps);
});

async function compareAll(deps: Deps): Promise<void> {
  const counts = { limit: 0, ours: 0 };
  const times: Record<keyof typeof counts, number[]> = { limit: [], ours: [] };
  for (let round = 0; round < ROUNDS; round += 1) {
    times.limit.push(await timed(async () => (counts.limit = await groupsFromOneStatement(deps))));
    times.ours.push(await timed(async () => (counts.ours = await allGroups(deps))));
  }
  const [limit, ours] = [median(times.limit), median(times.ours)];
  console.log(`all groups, medians of ${ROUNDS} interleaved rounds, s`);
  console.log(`keys and union-find: ${(limit / 1000).toFixed(2)} (${counts.limit} groups)`);
  console.log(`as the console finds them: ${(ours / 1000).toFixed(2)} (${counts.ours} groups)`);
  console.log(`ratio: ${(ours / limit).toFixed(2)}\n`);
}

/** Without anything of ours: no shared keys left out, no look at who is hidden, dismissed or somebody else's to see. */
async function groupsFromOneStatement(deps: Deps): Promise<number> {
  const keys = await deps.db.$client<{ ids: string[] }[]>`
    select array_agg(contact_id::text) as ids from contact_identity group by kind, norm having count(*) > 1`;
  const parent = new Map<string, string>();
  const rootOf = (id: string) => {
    let root = id;
    for (let up = parent.get(root); up !== undefined && up !== root; up = parent.get(root)) root = up;
    parent.set(id, root);
    return root;
  };
  for (const { ids } of keys) {
    const [first = "", ...rest] = ids;
    for (const id of rest) parent.set(rootOf(id), rootOf(first));
  }
  return new Set([...parent.keys()].map(rootOf)).size;
}

async function allGroups(deps: Deps): Promise<number> {
  let count = 0;
  let after: IdentityKey | null = null;
  do {
    const found = await findGroups(deps.db, everybody, after, PAGE_OF_ALL);
    count += found.groups.length;
    after = found.next;
  } while (after);
  return count;
}

async function measurePages(deps: Deps): Promise<void> {
  const found: number[] = [];
  const shown: number[] = [];
  let after: IdentityKey | null = null;
  for (let page = 0; page < PAGES && (after || page === 0); page += 1) {
    const cursor: string | undefined = after ? `${after.kind}:${after.norm}` : undefined;
    shown.push(await timed(() => readDuplicates(deps.db, everybody, { by: "keys", limit: PAGE, cursor })));
    const began = performance.now();
    const { next }: { next: IdentityKey | null } = await findGroups(deps.db, everybody, after, PAGE);
    found.push(performance.now() - began);
    after = next;
  }
  print({ "50 groups": found, "50 groups, as shown": shown });
}

async function measureSimilar(deps: Deps): Promise<void> {
  const typed: Record<string, (n: number) => object> = {
    "similar by email": (n) => ({ email: `person${n}@example.com` }),
    "similar by phone": (n) => ({ phone: `+1${2_025_000_000 + (n & ~1)}` }),
    "similar, nobody": (n) => ({ email: `nobody${n}@example.net`, phone: "+44 20 7946 0123" }),
  };
  const times: Record<string, number[]> = Object.fromEntries(Object.keys(typed).map((name) => [name, []]));
  for (let round = 0; round < PAGES; round += 1) {
    const n = ((round * 7919) % CONTACTS) + 1;
    for (const [name, asked] of Object.entries(typed)) {
      times[name]?.push(await timed(() => readSimilarContacts(deps.db, everybody, asked(n))));
    }
  }
  print(times);
}

function print(times: Record<string, readonly number[]>): void {
  console.log("| ms | p50 | p95 | p99 |\n| --- | ---: | ---: | ---: |");
  for (const [name, taken] of Object.entries(times)) {
    console.log(`| ${name} | ${[0.5, 0.95, 0.99].map((share) => quantile(taken, share).toFixed(1)).join(" | ")} |`);
  }
  console.log();
}
