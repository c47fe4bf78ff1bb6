import { eq, getTableName, sql } from "drizzle-orm";
import { afterAll, beforeAll, expect, test } from "vitest";
import { MERGE_RULES, nameOfRule } from "../../../server/db/queries/merge-rules.ts";
import { resolveContactId } from "../../../server/db/queries/visible-contacts.ts";
import { contact } from "../../../server/db/schema/contact.ts";
import { conversation } from "../../../server/db/schema/conversation.ts";
import { mergeJournal } from "../../../server/db/schema/merge.ts";
import { syncRun } from "../../../server/db/schema/sync.ts";
import { mergeContacts } from "../../../server/usecases/contacts/merge-contacts.ts";
import { unmergeContacts } from "../../../server/usecases/contacts/unmerge-contacts.ts";
import { runSync } from "../../../server/usecases/sync/run-sync.ts";
import { countsOf, orphans, referringColumns, rowsOfContacts } from "../../support/contact-references.ts";
import { holdAnswer, isWrite } from "../../support/held-answers.ts";
import { mintEmail, newId } from "../../support/ids.ts";
import { makeKnownEverywhere } from "../../support/known-everywhere.ts";
import { createSyncRig, type SyncRig } from "../../support/sync-rig.ts";
import { contactOf } from "../../support/sync-state.ts";

let rig: SyncRig;
let hubspot: string;
let ghl: string;

beforeAll(async () => {
  rig = await createSyncRig();
  hubspot = await rig.connect("hubspot");
  ghl = await rig.connect("ghl");
});
afterAll(() => rig.close());

let phones = 100;
function mintPhone(): string {
  phones += 1;
  return `+1202555${String(phones).padStart(4, "0")}`;
}

/** Somebody who chatted once and was pushed everywhere. */
async function pushed(person: Parameters<SyncRig["chat"]>[0] = {}): Promise<string> {
  const chat = await rig.chatAndEnd({ firstName: "Ann", email: mintEmail(), phone: mintPhone(), ...person });
  await rig.workUntilIdle();
  return await contactOf(rig, chat);
}

async function mergeInto(masterId: string, otherId: string, values = {}): Promise<string> {
  const { mergeIds } = await mergeContacts(rig.deps, rig.admin, { masterId, otherIds: [otherId], values });
  const [id] = mergeIds;
  if (!id) throw new Error("A merge is in the journal.");
  return id;
}

test("every column of the schema that refers to a contact has a rule for merges", async () => {
  const ruled = MERGE_RULES.map(({ table, column }) => `${getTableName(table)}.${column}`);
  const missing = (await referringColumns(rig.deps.db)).filter((name) => !ruled.includes(name));
  expect(missing, "Say in server/db/queries/merge-rules.ts what a merge does with its rows").toEqual([]);
  expect(new Set(ruled).size).toBe(ruled.length);
});

test("merging loses no row of any table, and unmerging puts every row back as it was", async () => {
  const all = await createSyncRig();
  try {
    const [hubspotId, ghlId] = [await all.connect("hubspot"), await all.connect("ghl")];
    const connections = { hubspot: hubspotId, ghl: ghlId, bigcommerce: await all.connect("bigcommerce") };
    const other = await makeKnownEverywhere(all, connections, { name: "anna", email: mintEmail(), phone: mintPhone() });
    const master = newId();
    await all.deps.db.insert(contact).values({ id: master, firstName: "Ann", lastName: "Lee" });
    const before = await rowsOfContacts(all.deps.db);

    const merging = { masterId: master, otherIds: [other], values: { firstName: other } };
    const [id = ""] = (await mergeContacts(all.deps, all.admin, merging)).mergeIds;
    const [journal] = await all.deps.db.select().from(mergeJournal).where(eq(mergeJournal.id, id));
    const unmoved = MERGE_RULES.filter((rule) => rule.rule === "move" && !journal?.moved[nameOfRule(rule)]?.length);
    expect(unmoved.map(nameOfRule), "Let makeKnownEverywhere make rows of it").toEqual([]);
    const merged = await rowsOfContacts(all.deps.db);
    expect(countsOf(merged)).toEqual(countsOf(before));
    expect(await orphans(all.deps.db)).toEqual([]);
    const [survivor] = await all.deps.db.select().from(contact).where(eq(contact.id, master));
    expect(survivor).toMatchObject({ firstName: "annaz", lastName: "Lee" });

    expect(await unmergeContacts(all.deps, all.admin, id)).toEqual([]);
    expect(await rowsOfContacts(all.deps.db)).toEqual(before);
  } finally {
    await all.close();
  }
});

test("the id of a contact leads to who stands for it now, in one step, however often it was merged", async () => {
  const [last, middle, first] = [await pushed(), await pushed(), await pushed()];
  await mergeInto(middle, first);
  await mergeInto(last, middle);
  for (const id of [first, middle, last]) expect(await resolveContactId(rig.deps.db, id)).toBe(last);
  const chain = sql`select 1 from contact c join contact m on m.id = c.merged_into_id where m.merged_into_id is not null`;
  expect(await rig.deps.db.execute(chain)).toHaveLength(0);
});

test("what was changed or came since the merge stays with the survivor, and is told", async () => {
  const [master, other] = [await pushed(), await pushed({ lastName: "Stone" })];
  await rig.deps.db.update(contact).set({ lastName: null }).where(eq(contact.id, master));
  const id = await mergeInto(master, other);
  await rig.deps.db
    .update(contact)
    .set({ lastName: "Rock", tags: ["new"] })
    .where(eq(contact.id, master));
  const third = await pushed();
  const [talk] = await rig.deps.db.select().from(conversation).where(eq(conversation.contactId, master));
  await rig.deps.db
    .update(conversation)
    .set({ contactId: third })
    .where(eq(conversation.id, talk?.id ?? ""));
  const moved = (await rig.deps.db.select().from(mergeJournal).where(eq(mergeJournal.id, id)))[0]?.moved;
  const wasMoved = moved?.["conversation.contact_id"]?.some((row) => row.id === talk?.id);

  const stayed = await unmergeContacts(rig.deps, rig.admin, id);
  expect(stayed).toContainEqual({ what: "Last name", count: 1, why: "changed since the merge" });
  if (wasMoved) expect(stayed.map(({ what }) => what)).toContain("conversations");
  const rows = await rig.deps.db.select().from(contact).where(eq(contact.id, master));
  expect(rows[0]).toMatchObject({ lastName: "Rock", tags: ["new"] });
});

test("a contact that is merged, unknown or the same is refused, and so is undoing twice or out of order", async () => {
  const [a, b, c] = [await pushed(), await pushed(), await pushed()];
  await expect(mergeInto(a, a)).rejects.toMatchObject({ code: "bad_request" });
  await expect(mergeInto(a, newId())).rejects.toMatchObject({ code: "not_found" });
  await expect(mergeInto(a, b, { email: c })).rejects.toMatchObject({ code: "bad_request" });
  const first = await mergeInto(b, a);
  await expect(mergeInto(a, c)).rejects.toMatchObject({ code: "conflict" });
  await expect(mergeInto(c, a)).rejects.toMatchObject({ code: "conflict" });
  const second = await mergeInto(c, b);
  await expect(unmergeContacts(rig.deps, rig.admin, first)).rejects.toMatchObject({ code: "conflict" });
  await unmergeContacts(rig.deps, rig.admin, second);
  await unmergeContacts(rig.deps, rig.admin, first);
  await expect(unmergeContacts(rig.deps, rig.admin, first)).rejects.toMatchObject({ code: "conflict" });
});

test("a person who writes again after the merge is the survivor", async () => {
  const email = mintEmail();
  const [master, other] = [await pushed(), await pushed({ email })];
  await mergeInto(master, other);
  const again = await rig.chatAndEnd({ email });
  await rig.workUntilIdle();
  expect(await contactOf(rig, again)).toBe(master);
  expect(await orphans(rig.deps.db)).toEqual([]);
});

test("of two hundred pairs of opposite merges at once one wins each, without ring or orphan", async () => {
  const [a, b] = [await pushed(), await pushed()];
  const before = await rowsOfContacts(rig.deps.db);
  for (let round = 0; round < 200; round += 1) {
    const ends = await Promise.allSettled([mergeInto(a, b), mergeInto(b, a)]);
    const won = ends.flatMap((end) => (end.status === "fulfilled" ? [end.value] : []));
    expect(won).toHaveLength(1);
    const rows = await rig.deps.db.select().from(contact).where(sql`id in (${a}, ${b})`);
    expect(rows.filter(({ mergedIntoId }) => mergedIntoId !== null)).toHaveLength(1);
    if (round % 50 === 0) expect(await orphans(rig.deps.db)).toEqual([]);
    await unmergeContacts(rig.deps, rig.admin, won[0] ?? "");
  }
  expect(await rowsOfContacts(rig.deps.db)).toEqual(before);
});

test("a merge during a push waits for it, and what waits goes on with the survivor", async () => {
  const [master, email] = [await pushed(), mintEmail()];
  const chat = await rig.chatAndEnd({ firstName: "Bo", email, phone: mintPhone() });
  const other = await contactOf(rig, chat);
  const runs = await rig.deps.db.select().from(syncRun).where(eq(syncRun.contactId, other));
  const [first, waiting] = [
    runs.find((run) => run.connectionId === ghl),
    runs.find((run) => run.connectionId === hubspot),
  ];
  if (!first || !waiting) throw new Error("There is a push to each CRM.");
  rig.jobs.clear();

  const held = holdAnswer(isWrite);
  const process = rig.otherProcess(held.network);
  const push = runSync(process.deps, { runId: first.id });
  await held.reached;
  const merging = mergeInto(master, other);
  held.release();
  await Promise.all([push, merging]);

  await runSync(rig.deps, { runId: waiting.id });
  await rig.workUntilIdle();
  const after = await rig.deps.db.select().from(syncRun).where(eq(syncRun.conversationId, chat.conversationId));
  expect(after.map(({ contactId, status }) => ({ contactId, status }))).toEqual([
    { contactId: master, status: "done" },
    { contactId: master, status: "done" },
  ]);
  expect(await orphans(rig.deps.db)).toEqual([]);
});
