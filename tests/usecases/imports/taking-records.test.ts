import { eq } from "drizzle-orm";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { contact, contactIdentity } from "../../../server/db/schema/contact.ts";
import { crmLink } from "../../../server/db/schema/sync.ts";
import { changeContactSync } from "../../../server/usecases/imports/contact-sync.ts";
import { startImport } from "../../../server/usecases/imports/start-import.ts";
import { mint, mintEmail } from "../../support/ids.ts";
import { contactsOf, detailsOf, importContacts } from "../../support/import-contacts.ts";
import { createSyncRig, type SyncRig } from "../../support/sync-rig.ts";
import { conflictsOf, linksOf, pendingOf, settle } from "../../support/sync-state.ts";

const HOUR_MS = 60 * 60_000;

let rig: SyncRig;
let ghl: string;
let hubspot: string;
let dynamics: string;

beforeAll(async () => {
  rig = await createSyncRig();
  ghl = await rig.connect("ghl");
  hubspot = await rig.connect("hubspot");
  dynamics = await rig.connect("dynamics");
});
afterAll(() => rig.close());

/** Each case has its CRMs and contacts to itself. */
beforeEach(async () => {
  await rig.deps.db.$client`truncate contact, contact_sync, import_run, conversation, webhook_event cascade`;
  for (const crm of [rig.ghl, rig.hubspot, rig.dynamics]) crm.reset();
  rig.jobs.clear();
});

async function onlyContact() {
  const [row, ...others] = await contactsOf(rig);
  if (!row || others.length > 0) throw new Error(`There are ${others.length + (row ? 1 : 0)} contacts.`);
  return row;
}

async function setOurs(values: Partial<typeof contact.$inferInsert>): Promise<void> {
  await rig.deps.db.update(contact).set(values);
}

async function keysOf(contactId: string): Promise<string[]> {
  const rows = await rig.deps.db.select().from(contactIdentity).where(eq(contactIdentity.contactId, contactId));
  return rows.map(({ norm }) => norm).sort();
}

describe("a new record", () => {
  test.each([
    ["ghl", { firstName: "Ann", lastName: "Lee", email: "Ann@Example.com", phone: "+12025550101" }, "contact"],
    ["hubspot", { firstname: "Ann", lastname: "Lee", email: "ann@example.com", phone: "(202) 555-0101" }, "contact"],
    [
      "dynamics",
      { firstname: "Ann", lastname: "Lee", emailaddress1: "ann@example.com", telephone1: "202-555-0101" },
      "lead",
    ],
  ] as const)("of %s becomes a contact with its keys, its source and its link", async (crm, values, object) => {
    const id = rig[crm].seed(object, values);
    rig.advance(HOUR_MS);
    const run = await importContacts(rig, { ghl, hubspot, dynamics }[crm]);
    expect(run).toMatchObject({ status: "done", total: 1, imported: 1 });
    const row = await onlyContact();
    expect(row).toMatchObject({
      firstName: "Ann",
      lastName: "Lee",
      email: "ann@example.com",
      phone: "+12025550101",
      source: "crm",
      sourceDetail: crm,
    });
    expect(await keysOf(row.id)).toEqual(["+12025550101", "ann@example.com"]);
    expect(await linksOf(rig)).toMatchObject([{ object, externalId: id, matchedBy: "created", state: "live" }]);
  });

  test("of somebody we know is linked by email or phone and fills what is blank", async () => {
    const chat = await rig.chat({ firstName: "Ann", email: "ann@example.com" });
    rig.ghl.seed("contact", { firstName: "Ann", lastName: "Lee", email: "ANN@example.com", phone: "+12025550101" });
    rig.advance(HOUR_MS);
    const run = await importContacts(rig, ghl);
    expect(run).toMatchObject({ total: 1, updated: 1, imported: 0 });
    expect(await onlyContact()).toMatchObject({ lastName: "Lee", phone: "+12025550101", source: "chat" });
    expect(await linksOf(rig)).toMatchObject([
      { matchedBy: "email", matchedReason: "Matched by email ANN@example.com." },
    ]);
    // what came in is not pushed back
    rig.ghl.journal.clear();
    await rig.end(chat);
    await rig.workUntilIdle();
    expect(rig.ghl.journal.entries.filter(({ method, path }) => method !== "GET" && !path.includes("search"))).toEqual(
      [],
    );
  });

  test("of one person in two CRMs makes one contact with two links", async () => {
    rig.ghl.seed("contact", { firstName: "Ann", email: "ann@example.com" });
    rig.hubspot.seed("contact", { firstname: "Ann", email: "ann@example.com", phone: "+1 202 555 0101" });
    rig.advance(HOUR_MS);
    await importContacts(rig, ghl);
    await importContacts(rig, hubspot);
    expect(await onlyContact()).toMatchObject({ email: "ann@example.com", phone: "+12025550101" });
    expect(await linksOf(rig)).toHaveLength(2);
  });

  test("that is unclear changes and adds nobody, and the log says why", async () => {
    await rig.chat({ email: "ann@example.com", phone: "+12025550101" });
    await rig.chat({ email: "bob@example.com", phone: "+12025550101" });
    await rig.deps.db.$client`truncate conversation cascade`;
    const before = await contactsOf(rig);
    rig.ghl.seed("contact", { phone: "+12025550101" });
    rig.ghl.seed("contact", { email: "info@example.com" });
    rig.ghl.seed("contact", { firstName: "Nameless" });
    rig.advance(HOUR_MS);
    const run = await importContacts(rig, ghl);
    expect(run).toMatchObject({ total: 3, skipped: 3, imported: 0 });
    expect(await contactsOf(rig)).toEqual(before);
    expect((await detailsOf(rig, run.id)).map(({ reason }) => reason).sort()).toEqual([
      expect.stringContaining("It has neither an email nor a phone number."),
      expect.stringContaining("Several contacts here have this phone number."),
      expect.stringContaining("This email or phone number belongs to a desk"),
    ]);
  });

  test("with a switchboard's number and an email of its own is a contact of its own", async () => {
    for (const name of ["Ann", "Bob", "Cid", "Dee"]) {
      rig.ghl.seed("contact", { firstName: name, email: `${name.toLowerCase()}@example.com`, phone: "+12025550100" });
    }
    rig.advance(HOUR_MS);
    expect(await importContacts(rig, ghl)).toMatchObject({ total: 4, imported: 4 });
    expect(await importContacts(rig, ghl)).toMatchObject({ total: 4, skipped: 4 });
  });

  test("a second record of the CRM for one person is skipped and named", async () => {
    rig.ghl.setDuplicateRule(true);
    rig.ghl.seed("contact", { email: "ann@example.com" });
    rig.ghl.seed("contact", { email: "ann@example.com" });
    rig.advance(HOUR_MS);
    const run = await importContacts(rig, ghl);
    expect(run).toMatchObject({ total: 2, imported: 1, skipped: 1 });
    expect(await detailsOf(rig, run.id)).toMatchObject([
      { outcome: "skipped", reason: expect.stringContaining("is linked to another record") },
    ]);
    rig.ghl.setDuplicateRule(false);
  });

  test("without the tag stays out, with it comes in; who is linked is followed with or without", async () => {
    await changeContactSync(rig.deps, rig.admin, ghl, { tag: "vip" });
    const ann = rig.ghl.seed("contact", { firstName: "Ann", email: "ann@example.com", tags: ["VIP", "News"] });
    const bob = rig.ghl.seed("contact", { firstName: "Bob", email: "bob@example.com" });
    rig.advance(HOUR_MS);
    expect(await importContacts(rig, ghl)).toMatchObject({ total: 1, imported: 1 });
    expect(await onlyContact()).toMatchObject({ tags: ["vip", "news"] });
    rig.advance(HOUR_MS);
    rig.ghl.edit("contact", ann, { tags: [], lastName: "Lee" });
    rig.ghl.edit("contact", bob, { lastName: "Poe" });
    rig.advance(HOUR_MS);
    expect(await importContacts(rig, ghl, "changes")).toMatchObject({ total: 2, updated: 1, skipped: 1 });
    expect(await onlyContact()).toMatchObject({ lastName: "Lee", tags: ["vip", "news"] });
  });

  test("with hostile text comes in as text, with too much of it says what was left out", async () => {
    const name = "Ann\u0000<script>\ud800";
    rig.ghl.seed("contact", {
      firstName: name,
      lastName: "x".repeat(2_000),
      email: "ann@example.com",
      phone: "4.155E+09",
    });
    rig.advance(HOUR_MS);
    const run = await importContacts(rig, ghl);
    expect(run).toMatchObject({ total: 1, imported: 1 });
    expect(await onlyContact()).toMatchObject({ firstName: "Ann<script>\ufffd", lastName: null });
    expect((await detailsOf(rig, run.id))[0]?.reason).toContain(
      "Last name was left out: It is longer than 500 characters.",
    );
    expect(await importContacts(rig, ghl)).toMatchObject({ total: 1, skipped: 1 });
  });
});

describe("a record that is linked", () => {
  async function linkedPair(strategy: "crm" | "ours" | "merge") {
    await changeContactSync(rig.deps, rig.admin, ghl, { strategy });
    const id = rig.ghl.seed("contact", {
      firstName: "Ann",
      lastName: "Lee",
      email: mintEmail(),
      phone: "+12025550101",
    });
    rig.advance(HOUR_MS);
    await importContacts(rig, ghl);
    rig.advance(HOUR_MS);
    return id;
  }

  test.each([
    ["crm", "+12025550103", 0],
    ["ours", "+12025550102", 0],
    ["merge", "+12025550102", 1],
  ] as const)("and moved on both sides follows the strategy %s", async (strategy, phone, asked) => {
    const id = await linkedPair(strategy);
    await setOurs({ phone: "+12025550102" });
    rig.ghl.edit("contact", id, { phone: "+12025550103" });
    rig.advance(HOUR_MS);
    const run = await importContacts(rig, ghl, "changes");
    expect(run).toMatchObject({ total: 1, conflicts: asked });
    expect((await onlyContact()).phone).toBe(phone);
    expect(await pendingOf(rig)).toHaveLength(asked);
    expect(await importContacts(rig, ghl, "changes")).toMatchObject({ conflicts: 0, updated: 0, errors: 0 });
    expect(await pendingOf(rig)).toHaveLength(asked);
  });

  test("in conflict is settled by an agent as any other, and not asked about again", async () => {
    const id = await linkedPair("merge");
    await setOurs({ phone: "+12025550102" });
    rig.ghl.edit("contact", id, { phone: "+12025550103" });
    rig.advance(HOUR_MS);
    await importContacts(rig, ghl, "changes");
    expect(await conflictsOf(rig)).toMatchObject([
      {
        field: "phone",
        crmValue: "+12025550103",
        chatValue: "+12025550102",
        baseValue: "+12025550101",
        conversationId: null,
      },
    ]);
    expect(await settle(rig, "use_chat", await pendingOf(rig))).toEqual(["applied"]);
    expect(rig.ghl.record("contact", id)?.values.phone).toBe("+12025550102");
    rig.advance(HOUR_MS);
    expect(await importContacts(rig, ghl)).toMatchObject({ conflicts: 0, updated: 0 });
    rig.ghl.edit("contact", id, { phone: "+12025550104" });
    rig.advance(HOUR_MS);
    expect(await importContacts(rig, ghl, "changes")).toMatchObject({ updated: 1 });
    expect((await onlyContact()).phone).toBe("+12025550104");
  });

  test("keeps what we have where the CRM has blanks", async () => {
    const id = await linkedPair("crm");
    rig.ghl.edit("contact", id, { phone: "", lastName: "" });
    rig.advance(HOUR_MS);
    expect(await importContacts(rig, ghl, "changes")).toMatchObject({ total: 1, updated: 0 });
    expect(await onlyContact()).toMatchObject({ phone: "+12025550101", lastName: "Lee" });
  });

  test("adds what forbids to write to the person, and never takes it away", async () => {
    const id = await linkedPair("crm");
    rig.ghl.edit("contact", id, { dndSettings: { Email: { status: "active" }, SMS: { status: "permanent" } } });
    rig.advance(HOUR_MS);
    expect(await importContacts(rig, ghl, "changes")).toMatchObject({ updated: 1 });
    expect((await onlyContact()).doNotContact).toEqual(["email", "sms"]);
    rig.ghl.edit("contact", id, { dnd: false, dndSettings: { Email: { status: "inactive" } } });
    rig.advance(HOUR_MS);
    expect(await importContacts(rig, ghl)).toMatchObject({ updated: 0 });
    expect((await onlyContact()).doNotContact).toEqual(["email", "sms"]);
  });

  test("and gone loses only its link", async () => {
    const id = await linkedPair("merge");
    rig.ghl.remove("contact", id);
    rig.advance(HOUR_MS);
    const run = await importContacts(rig, ghl);
    expect(run).toMatchObject({ status: "done", total: 0, unlinked: 1 });
    expect(await linksOf(rig)).toMatchObject([{ state: "closed", closedReason: "Deleted in HighLevel." }]);
    expect(await onlyContact()).toMatchObject({ firstName: "Ann" });
  });

  test("and deleted in Dynamics loses its link with the next run of changes", async () => {
    const id = rig.dynamics.seed("contact", { lastname: "Lee", emailaddress1: "lee@example.com" });
    await importContacts(rig, dynamics);
    rig.advance(HOUR_MS);
    rig.dynamics.remove("contact", id);
    expect(await importContacts(rig, dynamics, "changes")).toMatchObject({ kind: "changes", unlinked: 1 });
    expect(await linksOf(rig)).toMatchObject([{ state: "closed" }]);
  });

  test("and merged in HubSpot takes its link along", async () => {
    const [one, other] = [mintEmail(), mintEmail()].map((email) =>
      rig.hubspot.seed("contact", { email, lastname: mint("Lee") }),
    );
    rig.advance(HOUR_MS);
    await importContacts(rig, hubspot);
    rig.advance(HOUR_MS);
    const survivor = rig.hubspot.merge(one ?? "", other ?? "");
    rig.advance(HOUR_MS);
    await importContacts(rig, hubspot);
    const live = (await linksOf(rig)).filter(({ state }) => state === "live");
    expect(live.map(({ externalId }) => externalId)).toEqual([survivor]);
    expect(await contactsOf(rig)).toHaveLength(2);
  });

  test("and qualified in Dynamics, a lead's link leads to its contact", async () => {
    const lead = rig.dynamics.seed("lead", { lastname: "Poe", subject: "Chat", emailaddress1: "poe@example.com" });
    await importContacts(rig, dynamics);
    rig.advance(HOUR_MS);
    const contactId = rig.dynamics.qualify(lead, { createContact: true });
    await importContacts(rig, dynamics, "changes");
    expect(await linksOf(rig)).toMatchObject([{ object: "contact", externalId: contactId, state: "live" }]);
    await onlyContact();
  });

  test("that a push has written meanwhile is not set back by what was read before", async () => {
    const id = await linkedPair("crm");
    rig.ghl.edit("contact", id, { phone: "+12025550109" });
    rig.advance(HOUR_MS);
    await rig.deps.db.update(crmLink).set({ lastSyncedAt: new Date(rig.deps.now().getTime() + 1_000) });
    expect(await importContacts(rig, ghl, "changes")).toMatchObject({ updated: 0 });
    expect((await onlyContact()).phone).toBe("+12025550101");
  });
});

test("two CRMs and a chat that bring one person at the same moment make one contact", async () => {
  for (let n = 0; n < 20; n += 1) {
    rig.ghl.seed("contact", { firstName: `P${n}`, email: `person-${n}@example.com` });
    rig.hubspot.seed("contact", { firstname: `P${n}`, email: `Person-${n}@example.com` });
  }
  rig.advance(HOUR_MS);
  for (const connectionId of [ghl, hubspot]) await startImport(rig.deps, rig.admin, { connectionId, kind: "full" });
  await Promise.all([
    rig.work(),
    rig.chat({ email: "person-7@example.com" }),
    rig.chat({ email: "person-13@example.com" }),
  ]);
  await rig.workUntilIdle();
  expect(await contactsOf(rig)).toHaveLength(20);
  expect((await linksOf(rig)).filter(({ state }) => state === "live")).toHaveLength(40);
});
