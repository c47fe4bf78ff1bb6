import {
  ContactDetail,
  ContactPage,
  ContactTags,
  ContactViews,
  SimilarContacts,
  TaggedContacts,
} from "@rolodesk/shared/contact";
import { TimelinePage } from "@rolodesk/shared/contact-timeline";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { connection, connectionSite } from "../../server/db/schema/connection.ts";
import { contact, contactIdentity } from "../../server/db/schema/contact.ts";
import { importDetail, importRun } from "../../server/db/schema/import.ts";
import { phoneCall } from "../../server/db/schema/phone-call.ts";
import { importBatch, importRow } from "../../server/db/schema/staging.ts";
import { crmLink, syncRun } from "../../server/db/schema/sync.ts";
import { arrive, say } from "../support/chat-client.ts";
import { type Agent, type ChatRig, createChatRig } from "../support/chat-rig.ts";
import { mint, mintEmail, newId } from "../support/ids.ts";

let rig: ChatRig;
let admin: Agent;

beforeAll(async () => {
  rig = await createChatRig();
  admin = await rig.makeUser("admin");
});
afterAll(() => rig.close());

async function list(query: Record<string, string>, who = admin): Promise<ContactPage> {
  const answer = await who.request("GET", `/api/contacts?${new URLSearchParams(query)}`);
  expect(answer.status, await answer.clone().text()).toBe(200);
  return ContactPage.parse(await answer.json());
}

async function add(values: Record<string, unknown>, who = admin): Promise<ContactDetail> {
  const answer = await who.request("POST", "/api/contacts", values);
  expect(answer.status, await answer.clone().text()).toBe(201);
  return ContactDetail.parse(await answer.json());
}

async function read(id: string, who = admin): Promise<ContactDetail> {
  return ContactDetail.parse(await (await who.request("GET", `/api/contacts/${id}`)).json());
}

async function change(id: string, values: Record<string, unknown>, who = admin): Promise<Response> {
  return await who.request("PATCH", `/api/contacts/${id}`, values);
}

async function timeline(id: string, query = "", who = admin): Promise<TimelinePage> {
  return TimelinePage.parse(await (await who.request("GET", `/api/contacts/${id}/timeline?${query}`)).json());
}

const idsOf = ({ items }: ContactPage) => items.map(({ id }) => id);

/** A visitor of a site with an email, and the contact they became. */
async function chat(siteKey: string): Promise<{ contactId: string; email: string; conversationId: string }> {
  const email = mintEmail("visitor");
  const visitor = await arrive(rig, siteKey);
  const { conversation } = await say(visitor.socket, "Hello");
  const facts = { conversationId: conversation.id, facts: [{ field: "email", value: email }] };
  await visitor.socket.emitWithAck("facts.save", facts);
  const [found] = idsOf(await list({ search: email }));
  return { contactId: found ?? "", email, conversationId: conversation.id };
}

describe("the directory", () => {
  test.each([
    "+44 20 7946 0321",
    "020 7946 0321",
    "0044 20 7946 0321",
    "+44 (0)20 7946 0321",
    "(020) 7946-0321",
    "79460321",
  ])("finds a phone number written %j", async (search) => {
    const [found] = (await list({ search: "+442079460321" })).items;
    const person = found ?? (await add({ firstName: "Ana", phone: "020 7946 0321", country: "GB" }));
    expect(idsOf(await list({ search }))).toEqual([person.id]);
  });

  test("finds by every word of name, company and email, whatever the case", async () => {
    const [last, company] = [mint("Lopez"), mint("Northwind")];
    const email = mintEmail("Ana");
    const { id } = await add({ firstName: "Ana", lastName: last, company, email });
    for (const search of [last, `ana ${last.toUpperCase()}`, `${company} ana`, email.toUpperCase(), email.slice(2)]) {
      expect(idsOf(await list({ search })), search).toEqual([id]);
    }
    expect(idsOf(await list({ search: `${last} ${mint("nobody")}` }))).toEqual([]);
  });

  test.each(["%", "_", "\\", "' or 1=1 --", "*"])("takes %j for text and nothing else", async (search) => {
    await add({ firstName: mint("Ana") });
    expect(idsOf(await list({ search }))).toEqual([]);
  });

  test("finds an address that is not the main one any more", async () => {
    const [before, after] = [mintEmail("before"), mintEmail("after")];
    const { id } = await add({ email: before });
    expect((await change(id, { email: after })).status).toBe(200);
    for (const search of [before, after]) expect(idsOf(await list({ search }))).toEqual([id]);
  });

  test("comes in pages that neither repeat nor lose a contact", async () => {
    const tag = mint("tag").toLowerCase();
    const at = new Date("2026-01-02T03:04:05.000Z");
    const rows = Array.from({ length: 7 }, (_, n) => ({
      ...{ id: newId(), tags: [tag], firstName: "Page" },
      lastActivityAt: new Date(at.getTime() + Math.floor(n / 3)),
    }));
    await rig.db.insert(contact).values(rows);
    const seen: string[] = [];
    let cursor: string | null = null;
    do {
      const page: ContactPage = await list({ tag, limit: "2", ...(cursor ? { cursor } : {}) });
      seen.push(...idsOf(page));
      cursor = page.nextCursor;
    } while (cursor);
    expect(seen).toHaveLength(7);
    expect(new Set(seen)).toEqual(new Set(rows.map(({ id }) => id)));
  });

  test("is narrowed by tag, source, do-not-contact, link and activity", async () => {
    const tag = mint("tag").toLowerCase();
    const old = new Date(Date.now() - 40 * 86_400_000);
    const [silent, told] = [newId(), newId()];
    await rig.db.insert(contact).values([
      { id: silent, tags: [tag], lastActivityAt: old, source: "file" },
      { id: told, tags: [tag], doNotContact: ["sms"] },
    ]);
    expect(new Set(idsOf(await list({ tag })))).toEqual(new Set([silent, told]));
    expect(idsOf(await list({ tag, source: "file" }))).toEqual([silent]);
    expect(idsOf(await list({ tag, doNotContact: "any" }))).toEqual([told]);
    expect(idsOf(await list({ tag, doNotContact: "none" }))).toEqual([silent]);
    expect(idsOf(await list({ tag, activeDays: "30" }))).toEqual([told]);
    expect(idsOf(await list({ tag, silentDays: "30" }))).toEqual([silent]);
    expect(idsOf(await list({ tag, link: "linked" }))).toEqual([]);
    expect(idsOf(await list({ tag, link: "conflict" }))).toEqual([]);
    expect(idsOf(await list({ tag, link: "unlinked" }))).toHaveLength(2);
    expect(idsOf(await list({ tag, connection: newId() }))).toEqual([]);
  });

  test("has who talked last at its top", async () => {
    const site = await rig.makeSite();
    const [first, second] = [await chat(site.key), await chat(site.key)];
    expect(idsOf(await list({ limit: "1" }))).toEqual([second.contactId]);
    rig.advance(1000);
    expect((await admin.request("POST", `/api/conversations/${first.conversationId}/end`)).status).toBe(200);
    expect(idsOf(await list({ limit: "1" }))).toEqual([first.contactId]);
  });

  test("shows nobody who was merged away or erased", async () => {
    const tag = mint("tag").toLowerCase();
    const [kept, merged, erased] = [newId(), newId(), newId()];
    await rig.db.insert(contact).values({ id: kept, tags: [tag] });
    await rig.db.insert(contact).values([
      { id: merged, tags: [tag], mergedIntoId: kept },
      { id: erased, tags: [tag], erasedAt: new Date() },
    ]);
    expect(idsOf(await list({ tag }))).toEqual([kept]);
    expect((await read(merged)).id).toBe(kept);
    expect((await admin.request("GET", `/api/contacts/${erased}`)).status).toBe(404);
  });
});

describe("who serves some sites", () => {
  test("knows of those who talked there, and of nobody else", async () => {
    const [siteA, siteB] = [await rig.makeSite(), await rig.makeSite()];
    const agentOfA = await rig.makeUser("agent", [siteA.id]);
    const [mine, theirs] = [await chat(siteA.key), await chat(siteB.key)];
    const byHand = await add({ firstName: mint("Hand") });
    expect(idsOf(await list({}, agentOfA))).toEqual([mine.contactId]);
    for (const id of [theirs.contactId, byHand.id]) {
      expect((await agentOfA.request("GET", `/api/contacts/${id}`)).status).toBe(404);
      expect((await change(id, { firstName: "Mine" }, agentOfA)).status).toBe(404);
      expect((await agentOfA.request("GET", `/api/contacts/${id}/timeline`)).status).toBe(404);
      expect((await agentOfA.request("POST", `/api/contacts/${id}/notes`, { text: "Hi" })).status).toBe(404);
    }
    const similar = await agentOfA.request("GET", `/api/contacts/similar?email=${encodeURIComponent(theirs.email)}`);
    expect(SimilarContacts.parse(await similar.json()).items).toEqual([]);
    const ids = [mine.contactId, theirs.contactId];
    const body = { contacts: { kind: "ids", ids }, add: ["theirs"] };
    const tagged = await agentOfA.request("POST", "/api/contacts/tags", body);
    expect(TaggedContacts.parse(await tagged.json())).toEqual({ changed: 1 });
    expect((await read(theirs.contactId)).tags).toEqual([]);
    expect((await agentOfA.request("POST", "/api/contacts", { firstName: "Ana" })).status).toBe(403);
  });

  test("reads of a person what happened on those sites only", async () => {
    const [siteA, siteB] = [await rig.makeSite(), await rig.makeSite()];
    const agentOfA = await rig.makeUser("agent", [siteA.id]);
    const { contactId, email } = await chat(siteA.key);
    const elsewhere = await arrive(rig, siteB.key);
    const { conversation } = await say(elsewhere.socket, "Private words of B");
    const facts = { conversationId: conversation.id, facts: [{ field: "email", value: email }] };
    await elsewhere.socket.emitWithAck("facts.save", facts);
    const seen = (await timeline(contactId, "kind=conversation", agentOfA)).items;
    expect(seen).toHaveLength(1);
    expect(JSON.stringify(seen)).not.toContain(conversation.id);
    expect((await timeline(contactId, "kind=conversation")).items).toHaveLength(2);
  });
});

test("a person's record in a CRM of other sites is not there for who serves some sites", async () => {
  const [siteA, siteB] = [await rig.makeSite(), await rig.makeSite()];
  const agentOfA = await rig.makeUser("agent", [siteA.id]);
  const { contactId, email } = await chat(siteA.key);
  const connectionId = newId();
  await rig.db.insert(connection).values({
    ...{ id: connectionId, provider: "memory", name: "CRM of B", settings: {}, credentials: "", credentialHints: {} },
    ...{ accountId: "b", accountName: "B" },
  });
  await rig.db.insert(connectionSite).values({ connectionId, siteId: siteB.id });
  const matched = { matchedBy: "email", matchedReason: "Matched by email." } as const;
  const link = { id: newId(), contactId, connectionId, object: "contact", externalId: newId(), ...matched };
  await rig.db.insert(crmLink).values(link);
  expect((await read(contactId)).links).toMatchObject([{ externalId: link.externalId }]);
  expect((await read(contactId, agentOfA)).links).toEqual([]);
  expect((await list({ search: email })).items).toMatchObject([{ linkedIn: ["memory"] }]);
  expect((await list({ search: email }, agentOfA)).items).toMatchObject([{ linkedIn: [] }]);
});

describe("a contact", () => {
  test("is changed by an agent's word, which nothing said in a chat replaces", async () => {
    const site = await rig.makeSite();
    const { contactId, email, conversationId } = await chat(site.key);
    expect((await change(contactId, { firstName: "Ana", lastName: "Lopez", company: "Northwind" })).status).toBe(200);
    const visitor = await arrive(rig, site.key);
    const talk = (await say(visitor.socket, "Hello")).conversation.id;
    const said = [
      { field: "email", value: email },
      { field: "firstName", value: "Mallory" },
    ];
    await visitor.socket.emitWithAck("facts.save", { conversationId: talk, facts: said });
    expect(await read(contactId)).toMatchObject({ firstName: "Ana", lastName: "Lopez", company: "Northwind" });
    const { items } = await timeline(contactId, "kind=change");
    expect(items[0]).toMatchObject({
      action: "contact.changed",
      actorName: admin.me.name,
      data: { from: { firstName: null }, to: { firstName: "Ana", lastName: "Lopez", company: "Northwind" } },
    });
    expect(JSON.stringify((await timeline(contactId, "kind=conversation")).items)).toContain(conversationId);
  });

  test("keeps its former email as another one, and says which is the main one", async () => {
    const [before, after] = [mintEmail("before"), mintEmail("after")];
    const { id } = await add({ email: before });
    const changed = ContactDetail.parse(await (await change(id, { email: after })).json());
    const shown = changed.identities.map(({ value, main, source }) => ({ value, main, source }));
    expect(shown).toEqual([
      { value: before, main: false, source: "agent" },
      { value: after, main: true, source: "agent" },
    ]);
  });

  test("is emptied, tagged and closed to channels only by what was asked", async () => {
    const { id } = await add({ firstName: "Ana", company: "Northwind", tags: [" VIP ", "vip"] });
    await change(id, { attributes: { plan: "pro", seats: 3 } });
    await change(id, { company: null, attributes: { seats: null }, doNotContact: ["sms", "email"] });
    expect(await read(id)).toMatchObject({
      ...{ firstName: "Ana", company: null, tags: ["vip"], attributes: { plan: "pro" } },
      doNotContact: ["email", "sms"],
    });
  });

  test.each([
    [{ email: "not an address" }, "email"],
    [{ phone: "12345678" }, "phone"],
    [{ doNotContact: ["pigeon"] }, "doNotContact.0"],
    [{ attributes: { "1 bad key": "x" } }, "attributes.1 bad key"],
    [{ mergedIntoId: newId() }, ""],
  ])("is left alone when it is told %j", async (values, field) => {
    const { id } = await add({ firstName: mint("Ana") });
    const answer = await change(id, values);
    expect(answer.status).toBe(400);
    expect(Object.keys(((await answer.json()) as { fields: object }).fields)).toContain(field);
  });

  test("writes nothing down when nothing is different", async () => {
    const { id } = await add({ firstName: "Ana" });
    await change(id, { firstName: "Ana", tags: [] });
    const { items } = await timeline(id, "kind=change");
    expect(items.map((one) => one.kind === "change" && one.action)).toEqual(["contact.added"]);
  });

  test("has notes in its timeline, which comes in pages", async () => {
    const { id } = await add({ firstName: "Ana" });
    for (const text of ["One", "Two", "Three"]) await admin.request("POST", `/api/contacts/${id}/notes`, { text });
    const seen: string[] = [];
    let cursor: string | null = null;
    do {
      const page = await timeline(id, `limit=2${cursor ? `&cursor=${cursor}` : ""}`);
      seen.push(...page.items.map((one) => (one.kind === "note" ? one.text : one.kind)));
      cursor = page.nextCursor;
    } while (cursor);
    expect(seen).toEqual(["Three", "Two", "One", "change"]);
  });
});

test("a person's history has all that tells of them, in one order", async () => {
  const site = await rig.makeSite();
  const { contactId, conversationId } = await chat(site.key);
  await rig.db.transaction(async (tx) => {
    const connectionId = newId();
    const secret = { credentials: "", credentialHints: {}, settings: {} };
    const account = { provider: "memory" as const, name: "CRM", accountId: mint("a"), accountName: "A" };
    await tx.insert(connection).values({ id: connectionId, ...account, ...secret });
    const runId = newId();
    const rules = { kind: "full", trigger: "person", strategy: "merge", lookupOrder: "email_first" } as const;
    await tx.insert(importRun).values({ id: runId, connectionId, ...rules, createdAt: day(2) });
    const record = {
      object: "contact",
      externalId: "1",
      label: "Ana",
      reason: "New values.",
      outcome: "conflict",
    } as const;
    await tx.insert(importDetail).values({ id: newId(), runId, contactId, ...record });
    const call = { externalId: "c1", direction: "inbound", status: "answered", startedAt: day(3) } as const;
    await tx.insert(phoneCall).values({ id: newId(), connectionId, contactId, ...call });
    const batchId = newId();
    const read = { format: "csv", encoding: "utf-8", delimiter: ",", hasHeader: true } as const;
    const file = { fileName: "people.csv", source: "people.csv", sizeBytes: 9, sha256: "", columns: ["Email"] };
    await tx.insert(importBatch).values({ id: batchId, createdBy: admin.me.id, mapping: ["email"], ...read, ...file });
    const row = { cells: {}, class: "matched", status: "imported", importedAt: day(4) } as const;
    await tx.insert(importRow).values({ batchId, line: 7, contactId, ...row });
    const sync = { connectionId, conversationId, contactId, cause: mint("cause"), trigger: "agent" } as const;
    await tx.insert(syncRun).values({ id: newId(), ...sync, createdAt: day(5) });
  });
  const { items } = await timeline(contactId);
  expect(items.map(({ kind }) => kind)).toEqual(["conversation", "sync", "file", "call", "import"]);
  expect(items[2]).toMatchObject({ fileName: "people.csv", line: 7, made: false });
  expect(items[3]).toMatchObject({ direction: "inbound", status: "answered", connection: { name: "CRM" } });
});

/** A day of last year. */
function day(of: number): Date {
  return new Date(Date.UTC(2025, 0, of));
}

describe("adding by hand", () => {
  test("warns of somebody with the email or the phone, and adds all the same when told to", async () => {
    const [email, phone] = [mintEmail("ana"), "+44 20 7946 0654"];
    const first = await add({ firstName: "Ana", email, phone });
    const query = new URLSearchParams({ email: email.toUpperCase(), phone: "020 7946 0654", country: "GB" });
    const similar = SimilarContacts.parse(await (await admin.request("GET", `/api/contacts/similar?${query}`)).json());
    expect(similar.items).toMatchObject([{ id: first.id, matchedBy: ["email", "phone"] }]);
    const again = { firstName: "Other", phone: "020 7946 0654", country: "GB" };
    const refused = await admin.request("POST", "/api/contacts", again);
    expect(refused.status).toBe(409);
    expect(await refused.json()).toMatchObject({ fields: { phone: expect.stringContaining("Ana") } });
    await add({ ...again, evenIfSimilar: true });
  });

  test("makes one contact of two that are added at the same moment", async () => {
    const email = mintEmail("ana");
    const answers = await Promise.all([1, 2, 3, 4].map(() => admin.request("POST", "/api/contacts", { email })));
    expect(answers.map(({ status }) => status).toSorted()).toEqual([201, 409, 409, 409]);
  });

  test("refuses somebody of whom nothing is known", async () => {
    expect((await admin.request("POST", "/api/contacts", { title: "Buyer" })).status).toBe(400);
  });
});

describe("tags of many", () => {
  test("are added and removed by a filter, counted, and told in each timeline", async () => {
    const [old, next] = [mint("old").toLowerCase(), mint("next").toLowerCase()];
    const people = [await add({ firstName: "Ana", tags: [old] }), await add({ firstName: "Bo", tags: [old, next] })];
    const body = { contacts: { kind: "filter", filter: { tag: old } }, add: [next], remove: [old] };
    const answer = await admin.request("POST", "/api/contacts/tags", body);
    expect(TaggedContacts.parse(await answer.json())).toEqual({ changed: 2 });
    for (const { id } of people) {
      expect((await read(id)).tags).toEqual([next]);
      expect((await timeline(id, "kind=change")).items[0]).toMatchObject({ action: "contact.tagged" });
    }
    const { tags } = ContactTags.parse(await (await admin.request("GET", "/api/contacts/tags")).json());
    expect(tags).toContainEqual({ tag: next, contacts: 2 });
    const repeated = await admin.request("POST", "/api/contacts/tags", {
      ...body,
      contacts: { kind: "ids", ids: people.map(({ id }) => id) },
    });
    expect(TaggedContacts.parse(await repeated.json())).toEqual({ changed: 0 });
  });
});

describe("saved views", () => {
  test("are their user's own, by name", async () => {
    const other = await rig.makeUser("admin");
    const name = mint("View");
    await admin.request("POST", "/api/contact-views", { name, filter: { tag: "vip" } });
    await admin.request("POST", "/api/contact-views", { name, filter: { tag: "vip", link: "unlinked" } });
    const viewsOf = async (who: Agent) =>
      ContactViews.parse(await (await who.request("GET", "/api/contact-views")).json()).views;
    const [view, ...more] = await viewsOf(admin);
    expect(view).toMatchObject({ name, filter: { tag: "vip", link: "unlinked" } });
    expect(more).toEqual([]);
    expect(await viewsOf(other)).toEqual([]);
    expect((await other.request("DELETE", `/api/contact-views/${view?.id}`)).status).toBe(404);
    expect((await admin.request("DELETE", `/api/contact-views/${view?.id}`)).status).toBe(204);
    expect(await viewsOf(admin)).toEqual([]);
  });
});

test("a saved view is replaced by one of its name also where no more may be added", async () => {
  const owner = await rig.makeUser("admin");
  const save = async (name: string, tag: string) =>
    (await owner.request("POST", "/api/contact-views", { name, filter: { tag } })).status;
  for (let n = 1; n <= 50; n += 1) expect(await save(`View ${n}`, "vip")).toBeLessThan(300);
  expect(await save("View 51", "vip")).toBe(409);
  expect(await save("View 50", "lead")).toBeLessThan(300);
});

test("a contact whose keys came by import is found by them", async () => {
  const id = newId();
  const email = mintEmail("imported");
  await rig.db.insert(contact).values({ id, source: "file" });
  const identity = { id: newId(), contactId: id, kind: "email" as const, norm: email, value: email };
  await rig.db.insert(contactIdentity).values({ ...identity, source: "file" });
  expect(idsOf(await list({ search: email }))).toEqual([id]);
});
