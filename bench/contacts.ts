import { ListContacts } from "@rolodesk/shared/contact";
import type { UserActor } from "../server/actor.ts";
import type { Deps } from "../server/deps.ts";
import { readContactPage, readSimilarContacts } from "../server/views/contact-directory.ts";
import { COMPANIES, FIRST_NAMES, LAST_NAMES, SITES } from "./contacts/seed.ts";
import { actorOf, CONTACTS, withDirectory } from "./contacts/with-directory.ts";
import { quantile, timed } from "./figures.ts";

/**
 * The directory of 1,000,000 contacts as the console asks for it: a first page by every search and filter, a page far below,
 * the same for somebody who serves one site, and who is similar while an email or a phone is typed. What is measured is the
 * view, all its queries included, side by side with the first page that nothing narrows.
 */
const ROUNDS = 40;

await withDirectory(measureAll);

async function measureAll(deps: Deps): Promise<void> {
  const sql = deps.db.$client;
  const everybody = actorOf(null);
  const [small, large] = [actorOf([SITES.small]), actorOf([SITES.large])];
  const word = async (n: number, salt: string) => {
    const [row] = await sql<{ word: string }[]>`select word_of(${n}, ${salt}) as word`;
    return row?.word ?? "";
  };
  const page = (actor: UserActor, query: (n: number) => Promise<object> | object) => async (round: number) => {
    const asked = ListContacts.parse(await query(round * 7919));
    return async () => void (await readContactPage(deps.db, actor, asked, deps.now()));
  };
  const similar = (typed: (n: number) => object) => async (round: number) => {
    const asked = typed(((round * 7919) % CONTACTS) + 1);
    return async () => void (await readSimilarContacts(deps.db, everybody, asked));
  };
  const deep = await cursorAt(deps, everybody, 20);
  const cases: Record<string, (round: number) => Promise<() => Promise<void>>> = {
    "first page": page(everybody, () => ({})),
    "page far below": page(everybody, () => ({ cursor: deep })),
    "first name, of many": page(everybody, async (n) => ({ search: await word(n % FIRST_NAMES, "f") })),
    "first and last name": page(everybody, async (n) => ({
      search: `${await word(((n % CONTACTS) * 7) % FIRST_NAMES, "f")} ${await word(((n % CONTACTS) * 13) % LAST_NAMES, "l")}`,
    })),
    company: page(everybody, async (n) => ({ search: await word(n % COMPANIES, "c") })),
    "three letters": page(everybody, (n) => ({ search: ["mar", "sto", "elb", "cor"][n % 4] })),
    "two letters": page(everybody, (n) => ({ search: ["ma", "lo", "be", "ju"][n % 4] })),
    "two letters nobody has": page(everybody, () => ({ search: "qx" })),
    "a name nobody has": page(everybody, () => ({ search: "Zyxwvut" })),
    "whole email": page(everybody, (n) => ({ search: `person${(n % CONTACTS) + 1}@` })),
    "email's domain": page(everybody, async (n) => ({ search: `@${(await word(n % 500, "d")).toLowerCase()}` })),
    "phone, national": page(everybody, (n) => ({ search: national(n) })),
    "four digits": page(everybody, (n) => ({ search: String(1000 + (n % 9000)) })),
    "tag of many": page(everybody, () => ({ tag: "vip" })),
    "tag of few": page(everybody, () => ({ tag: "rare" })),
    "name within a tag": page(everybody, async (n) => ({ tag: "vip", search: await word(n % FIRST_NAMES, "f") })),
    "in no CRM": page(everybody, () => ({ link: "unlinked" })),
    "with conflicts": page(everybody, () => ({ link: "conflict" })),
    "do not contact": page(everybody, () => ({ doNotContact: "any" })),
    "silent for a year": page(everybody, () => ({ silentDays: "365" })),
    "small site: first page": page(small, () => ({})),
    "small site: a name": page(small, async (n) => ({ search: await word(n % LAST_NAMES, "l") })),
    "large site: first page": page(large, () => ({})),
    "large site: a name": page(large, async (n) => ({ search: await word(n % FIRST_NAMES, "f") })),
    "similar by email": similar((n) => ({ email: `person${n}@example.com` })),
    "similar by phone": similar((n) => ({ phone: `+1${2_025_000_000 + (n & ~1)}` })),
    "similar, nobody": similar((n) => ({ email: `nobody${n}@example.net`, phone: "+44 20 7946 0123" })),
  };
  console.log(`${CONTACTS.toLocaleString("en")} contacts, ${ROUNDS} rounds, ms\n`);
  const times = new Map<string, number[]>(Object.keys(cases).map((name) => [name, []]));
  for (let round = 0; round < ROUNDS; round += 1) {
    for (const [name, prepare] of Object.entries(cases)) times.get(name)?.push(await timed(await prepare(round)));
  }
  console.log("| what | p50 | p95 | p99 |\n| --- | ---: | ---: | ---: |");
  for (const [name, taken] of times) {
    console.log(`| ${name} | ${[0.5, 0.95, 0.99].map((share) => quantile(taken, share).toFixed(1)).join(" | ")} |`);
  }
}

async function cursorAt(deps: Deps, actor: UserActor, pages: number): Promise<string> {
  let cursor: string | null = null;
  for (let read = 0; read < pages; read += 1) {
    const asked = ListContacts.parse({ limit: 100, ...(cursor ? { cursor } : {}) });
    cursor = (await readContactPage(deps.db, actor, asked, deps.now())).nextCursor;
  }
  if (!cursor) throw new Error("There are not that many pages.");
  return cursor;
}

function national(n: number): string {
  const digits = String(2_025_000_000 + (n % CONTACTS) + 1 - (n % 2));
  return `(${digits.slice(0, 3)}) ${digits.slice(3, 6)}-${digits.slice(6)}`;
}
