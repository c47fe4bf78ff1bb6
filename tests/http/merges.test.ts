import { DuplicatePage, Merged, MergePage, MergePreview, UnmergePreview } from "@rolodesk/shared/contact-merge";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import type { z } from "zod";
import { contact, contactIdentity } from "../../server/db/schema/contact.ts";
import { type Agent, type ChatRig, createChatRig } from "../support/chat-rig.ts";
import { newId } from "../support/ids.ts";

let rig: ChatRig;
let agent: Agent;

beforeAll(async () => {
  rig = await createChatRig();
  agent = await rig.makeUser("admin");
});
afterAll(() => rig.close());
beforeEach(() => rig.db.$client`truncate contact cascade`);

async function ask<Schema extends z.ZodType>(schema: Schema, method: string, path: string, body?: unknown) {
  const answer = await agent.request(method, path, body);
  expect(answer.ok, `${method} ${path} answered ${answer.status}`).toBe(true);
  return schema.parse(await answer.json());
}

async function person(values: Partial<typeof contact.$inferInsert>, ...keys: string[]): Promise<string> {
  const id = newId();
  await rig.db.insert(contact).values({ id, ...values });
  for (const norm of keys) {
    const kind = norm.includes("@") ? "email" : "phone";
    await rig.db
      .insert(contactIdentity)
      .values({ id: newId(), contactId: id, kind, norm, value: norm, source: "agent" });
  }
  return id;
}

async function groups(by = "keys"): Promise<string[][]> {
  const found: string[][] = [];
  let cursor: string | null = null;
  do {
    const query = new URLSearchParams({ by, limit: "2", ...(cursor ? { cursor } : {}) });
    const page: DuplicatePage = await ask(DuplicatePage, "GET", `/api/duplicates?${query}`);
    found.push(...page.items.map(({ contacts }) => contacts.map(({ id }) => id).sort()));
    cursor = page.nextCursor;
  } while (cursor);
  return found;
}

test("groups share an email or a phone over any number of steps, each comes once, over all pages", async () => {
  const a = await person({}, "a@example.com");
  const b = await person({}, "a@example.com", "+12025550101");
  const c = await person({}, "+12025550101", "z@example.com");
  const d = await person({}, "z@example.com");
  const pairs: string[][] = [];
  for (let n = 0; n < 5; n += 1)
    pairs.push([await person({}, `p${n}@example.com`), await person({}, `p${n}@example.com`)]);
  await person({}, "alone@example.com");
  const found = await groups();
  expect(found).toHaveLength(6);
  expect(found).toEqual(expect.arrayContaining([[a, b, c, d].sort(), ...pairs.map((pair) => pair.sort())]));
});

test("a group comes once where the database orders its keys otherwise than texts are compared here", async () => {
  const keys = ["\u{fb00}@example.com", "\u{1f600}@example.com"];
  const pair = [await person({}, ...keys), await person({}, ...keys)];
  for (let n = 0; n < 3; n += 1) for (let of = 0; of < 2; of += 1) await person({}, `p${n}@example.com`);
  const found = await groups();
  expect(found).toHaveLength(4);
  expect(found).toContainEqual(pair.sort());
});

test("role addresses and numbers of many people group nobody; nor do merged or erased contacts", async () => {
  for (let n = 0; n < 3; n += 1) await person({}, "info@example.com", "+12025550150");
  const [a] = [await person({}, "m@example.com"), await person({ erasedAt: new Date() }, "m@example.com")];
  await person({ mergedIntoId: a }, "m@example.com");
  expect(await groups()).toEqual([]);
});

test("names and companies that are alike are suggested, and namesakes elsewhere are not", async () => {
  const a = await person({ firstName: "Robert", lastName: "Miller", company: "Northwind Traders Inc" });
  const b = await person({ firstName: "Bob", lastName: "Miller", company: "Northwind Traders" });
  await person({ firstName: "Robert", lastName: "Miller", company: "Fabrikam" });
  await person({ firstName: "Anna", lastName: "Miller", company: "Northwind Traders" });
  expect(await groups("names")).toEqual([[a, b].sort()]);
  expect(await groups("keys")).toEqual([]);
});

test("those of whom it was said that they are two people are not suggested again", async () => {
  const [a, b] = [await person({}, "s@example.com"), await person({}, "s@example.com")];
  expect(await groups()).toHaveLength(1);
  const answer = await agent.request("POST", "/api/duplicates/dismiss", { contactIds: [a, b] });
  expect(answer.status).toBe(204);
  expect(await groups()).toEqual([]);
  const c = await person({}, "s@example.com");
  expect(await groups()).toEqual([[a, b, c].sort()]);
});

test("what the preview promises is what the merge moves; undone, they are two again", async () => {
  const a = await person({ firstName: "Ann", tags: ["vip"] }, "m1@example.com");
  const b = await person(
    { firstName: "Anna", lastName: "Lee", doNotContact: ["sms"] },
    "m1@example.com",
    "+12025550161",
  );
  const c = await person({ title: "Buyer" }, "m1@example.com", "m2@example.com");
  const preview = await ask(MergePreview, "GET", `/api/merges/preview?masterId=${a}&otherIds=${b},${c}`);
  expect(preview.others.map(({ moves }) => moves)).toEqual([
    [{ what: "emails and phones", count: 1 }],
    [{ what: "emails and phones", count: 1 }],
  ]);
  const merged = await ask(Merged, "POST", "/api/merges", { masterId: a, otherIds: [b, c], values: { firstName: b } });
  const [after] = (await ask(MergePage, "GET", `/api/merges?contactId=${a}`)).items;
  expect(after).toMatchObject({ moved: [{ what: "emails and phones", count: 1 }], undoneAt: null });
  const answer = await agent.request("GET", `/api/contacts/${b}`);
  expect(await answer.json()).toMatchObject({ id: a, firstName: "Anna", lastName: "Lee", title: "Buyer" });
  expect(await groups()).toEqual([]);

  for (const id of merged.mergeIds.toReversed()) {
    const undone = await ask(UnmergePreview, "POST", `/api/merges/${id}/undo`);
    expect(undone.merge.stayed).toEqual([]);
  }
  expect(await groups()).toEqual([[a, b, c].sort()]);
});

test("bad requests are refused, each in its own way", async () => {
  const [a, b] = [await person({}, "r@example.com"), await person({}, "r@example.com")];
  const erased = await person({ erasedAt: new Date() });
  const status = async (body: unknown) => (await agent.request("POST", "/api/merges", body)).status;
  expect(await status({ masterId: a, otherIds: [a] })).toBe(400);
  expect(await status({ masterId: a, otherIds: [] })).toBe(400);
  expect(await status({ masterId: a, otherIds: [erased] })).toBe(404);
  expect(await status({ masterId: a, otherIds: [b] })).toBe(201);
  expect(await status({ masterId: a, otherIds: [b] })).toBe(409);
  expect((await agent.request("GET", "/api/duplicates?cursor=x")).status).toBe(400);
});
