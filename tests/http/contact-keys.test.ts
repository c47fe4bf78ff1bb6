import { ContactDetail } from "@rolodesk/shared/contact";
import { TimelinePage } from "@rolodesk/shared/contact-timeline";
import { eq } from "drizzle-orm";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { connection } from "../../server/db/schema/connection.ts";
import { contact } from "../../server/db/schema/contact.ts";
import { conflict, crmLink } from "../../server/db/schema/sync.ts";
import { type Agent, type ChatRig, createChatRig } from "../support/chat-rig.ts";
import { mint, mintEmail, newId } from "../support/ids.ts";

let rig: ChatRig;
let admin: Agent;
let connectionId: string;

beforeAll(async () => {
  rig = await createChatRig();
  admin = await rig.makeUser("admin");
  connectionId = newId();
  const account = { settings: {}, credentials: "", credentialHints: {}, accountId: "1", accountName: "Account" };
  await rig.db.insert(connection).values({ id: connectionId, provider: "memory", name: "Our CRM", ...account });
});
afterAll(() => rig.close());

async function add(values: Record<string, unknown>): Promise<ContactDetail> {
  return ContactDetail.parse(await (await admin.request("POST", "/api/contacts", values)).json());
}

async function linkOf(contactId: string, more: Partial<typeof crmLink.$inferInsert> = {}): Promise<string> {
  const [id, externalId] = [newId(), newId()];
  const matched = { matchedBy: "created" as const, matchedReason: "Imported." };
  await rig.db
    .insert(crmLink)
    .values({ id, contactId, connectionId, object: "contact", externalId, ...matched, ...more });
  return id;
}

function keyOf({ identities }: ContactDetail, value: string): string {
  return identities.find((one) => one.value === value)?.id ?? "";
}

async function remove(id: string, keyId: string, who = admin): Promise<Response> {
  return await who.request("DELETE", `/api/contacts/${id}/identities/${keyId}`);
}

describe("an email taken off a contact", () => {
  test("leaves the other one as the main one, and a line in the history", async () => {
    const [former, main] = [mintEmail("former"), mintEmail("main")];
    const { id } = await add({ firstName: "Ana", email: former });
    await admin.request("PATCH", `/api/contacts/${id}`, { email: main });
    const before = ContactDetail.parse(await (await admin.request("GET", `/api/contacts/${id}`)).json());
    const after = ContactDetail.parse(await (await remove(id, keyOf(before, main))).json());
    expect(after).toMatchObject({ email: former, identities: [{ value: former, main: true }] });
    const path = `/api/contacts/${id}/timeline?kind=change`;
    const { items } = TimelinePage.parse(await (await admin.request("GET", path)).json());
    expect(items[0]).toMatchObject({
      action: "contact.key_removed",
      data: { from: { email: main }, to: { email: former } },
    });

    const last = ContactDetail.parse(await (await remove(id, keyOf(after, former))).json());
    expect(last).toMatchObject({ email: null, identities: [] });
    expect((await remove(id, keyOf(after, former))).status).toBe(404);
    const again = await admin.request("POST", "/api/contacts", { email: main });
    expect(again.status).toBe(201);
  });

  test("leaves links and what waits over other values, and decides what waited over it", async () => {
    const email = mintEmail();
    const person = await add({ firstName: "Ana", email });
    const linkId = await linkOf(person.id);
    const over = { linkId, connectionId, contactId: person.id };
    const [it, other, name] = [newId(), newId(), newId()];
    await rig.db.insert(conflict).values([
      { id: it, ...over, field: "email", property: "email", chatValue: email.toUpperCase() },
      { id: other, ...over, field: "email", property: "email2", chatValue: mintEmail() },
      { id: name, ...over, field: "firstName", property: "firstname", chatValue: "Ana" },
    ]);
    await remove(person.id, keyOf(person, email));
    const rows = await rig.db.select().from(conflict).where(eq(conflict.contactId, person.id));
    expect(Object.fromEntries(rows.map(({ id, status }) => [id, status]))).toEqual({
      [it]: "void",
      [other]: "pending",
      [name]: "pending",
    });
    const [link] = await rig.db.select().from(crmLink).where(eq(crmLink.id, linkId));
    expect(link?.state).toBe("live");
  });

  test("is no other contact's, nor one's whom the agent may not know of", async () => {
    const [one, other] = [await add({ email: mintEmail() }), await add({ email: mintEmail() })];
    const keyId = keyOf(other, other.email ?? "");
    expect((await remove(one.id, keyId)).status).toBe(404);
    const agent = await rig.makeUser("agent", [(await rig.makeSite()).id]);
    expect((await remove(other.id, keyId, agent)).status).toBe(404);
    expect((await admin.request("GET", `/api/contacts/${other.id}`)).status).toBe(200);
  });
});

test("a contact that an import made has its import as the first line of its history", async () => {
  const id = newId();
  await rig.db
    .insert(contact)
    .values({ id, source: "crm", firstName: "Ana", createdAt: new Date(Date.now() - 60_000) });
  await linkOf(id);
  await admin.request("PATCH", `/api/contacts/${id}`, { firstName: "Anna" });
  const { items } = TimelinePage.parse(await (await admin.request("GET", `/api/contacts/${id}/timeline`)).json());
  expect(items.map(({ kind }) => kind)).toEqual(["change", "import"]);
  expect(items[1]).toMatchObject({ outcome: "imported", connection: { id: connectionId }, runId: null });
});

describe("contacts as a file", () => {
  async function emailsIn(who: Pick<Agent, "request">, query: Record<string, string>): Promise<string[]> {
    const answer = await who.request("GET", `/api/contacts/export.csv?${new URLSearchParams(query)}`);
    expect(answer.status).toBe(200);
    return (await answer.text()).match(/[\w-]+@example\.com/g) ?? [];
  }

  test("are those that fit the filters", async () => {
    const [tag, word] = [mint("tag").toLowerCase(), mint("Northwind")];
    const people = await Promise.all([1, 2].map(() => add({ email: mintEmail(), company: word, tags: [tag] })));
    await add({ email: mintEmail(), company: word });
    const emails = people.map(({ email }) => email).sort();
    expect((await emailsIn(admin, { tag })).sort()).toEqual(emails);
    expect((await emailsIn(admin, { tag, search: word })).sort()).toEqual(emails);
    expect(await emailsIn(admin, { tag, source: "file" })).toEqual([]);
    expect((await admin.request("GET", "/api/contacts/export.csv?tagg=x")).status).toBe(400);
  });

  test("are for admins alone", async () => {
    const agent = await rig.makeUser("agent");
    expect((await agent.request("GET", "/api/contacts/export.csv")).status).toBe(403);
  });
});
