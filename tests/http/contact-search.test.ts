import { ContactDetail, ContactPage } from "@rolodesk/shared/contact";
import { sql } from "drizzle-orm";
import { afterAll, beforeAll, expect, test } from "vitest";
import { contact } from "../../server/db/schema/contact.ts";
import { type Agent, type ChatRig, createChatRig } from "../support/chat-rig.ts";
import { mint, newId } from "../support/ids.ts";

let rig: ChatRig;
let admin: Agent;

beforeAll(async () => {
  rig = await createChatRig();
  admin = await rig.makeUser("admin");
});
afterAll(() => rig.close());

async function page(query: Record<string, string>): Promise<ContactPage> {
  const answer = await admin.request("GET", `/api/contacts?${new URLSearchParams(query)}`);
  expect(answer.status, await answer.clone().text()).toBe(200);
  return ContactPage.parse(await answer.json());
}

async function idsOfAll(query: Record<string, string>): Promise<string[]> {
  const ids: string[] = [];
  let cursor: string | null = null;
  do {
    const next: ContactPage = await page({ ...query, ...(cursor ? { cursor } : {}) });
    ids.push(...next.items.map(({ id }) => id));
    cursor = next.nextCursor;
  } while (cursor);
  return ids;
}

async function add(values: Record<string, unknown>): Promise<string> {
  return ContactDetail.parse(await (await admin.request("POST", "/api/contacts", values)).json()).id;
}

/** Inserts contacts that all have the word, each active at another moment. Returns their ids, the latest active first. */
async function insertMany(count: number, word: string): Promise<string[]> {
  const rows = await rig.db.execute<{ id: string }>(sql`
    insert into contact (id, last_name, last_activity_at)
    select gen_random_uuid(), ${word}, now() - (n || ' minutes')::interval from generate_series(1, ${count}::int) n returning id`);
  return rows.map(({ id }) => id);
}

test.each([
  ["Jo", true],
  ["jo", true],
  ["o", false],
  ["Q", true],
  ["3m", true],
  ["uu", true],
  ["zq", false],
])("%j is looked for where a word begins: found %s", async (search, expected) => {
  const tag = mint("tag").toLowerCase();
  const id = newId();
  const values = { firstName: "Ana Jo", lastName: "Quist", company: "Uuno 3M Ltd", tags: [tag] };
  await rig.db.insert(contact).values({ id, ...values });
  expect(await idsOfAll({ tag, search })).toEqual(expected ? [id] : []);
});

test("two letters of a script without spaces are found anywhere", async () => {
  const tag = mint("tag").toLowerCase();
  const id = newId();
  await rig.db.insert(contact).values({ id, company: "北京科技公司", tags: [tag] });
  expect(await idsOfAll({ tag, search: "科技" })).toEqual([id]);
});

test("long and short words are found together", async () => {
  const last = mint("Lopez");
  const id = await add({ firstName: "Jo", lastName: last });
  expect(await idsOfAll({ search: `${last} jo` })).toEqual([id]);
  expect(await idsOfAll({ search: `${last} zq` })).toEqual([]);
});

test.each([
  ["few have", 7, "3"],
  ["more have than are gathered", 5_100, "100"],
])("the pages of a word that %s name each contact once, the latest active first", async (_, count, limit) => {
  const word = mint("Common");
  const ids = await insertMany(count, word);
  expect(await idsOfAll({ search: word, limit })).toEqual(ids);
});

test("a search is narrowed by the other filters, however many have the word", async () => {
  const [word, tag] = [mint("Common"), mint("tag").toLowerCase()];
  await insertMany(5_100, word);
  const id = newId();
  await rig.db.insert(contact).values({ id, lastName: word, tags: [tag], lastActivityAt: new Date("2020-01-01") });
  expect(await idsOfAll({ search: word, tag })).toEqual([id]);
});
