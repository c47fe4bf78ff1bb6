import { ContactChoices, DryRun, type DryRunOutcome } from "@rolodesk/shared/dry-run";
import { sql } from "drizzle-orm";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { type ConsoleDoor, consoleDoor } from "../support/console-door.ts";
import { mint, mintEmail, newId } from "../support/ids.ts";
import { CRMS } from "../support/simulated-crms.ts";
import { createSyncRig, type SyncRig } from "../support/sync-rig.ts";
import { contactOf } from "../support/sync-state.ts";

let rig: SyncRig;
let door: ConsoleDoor;
let email: string;
beforeEach(async () => {
  rig = await createSyncRig();
  door = consoleDoor(rig.deps, rig.admin);
  email = mintEmail();
  for (const crm of CRMS) await rig.connect(crm);
});
afterEach(() => rig.close());

const PHONE = "+12025550123";

async function tryOut(body: unknown): Promise<DryRun> {
  return DryRun.parse(await door.post("/api/dry-run", body));
}

function inCrm({ outcomes }: DryRun, provider: string): DryRunOutcome {
  const outcome = outcomes.find(({ connection }) => connection.provider === provider);
  if (!outcome) throw new Error(`Nothing was tried in ${provider}.`);
  return outcome;
}

function decided({ fields }: DryRunOutcome): Record<string, string> {
  return Object.fromEntries(fields.map(({ field, kind }) => [field, kind]));
}

/** Every table with its number of rows and what they hold; how many calls the CRMs were asked is counted for reads too. */
async function everyRow(): Promise<unknown> {
  const tables = await rig.deps.db.execute<{ name: string }>(
    sql`select table_name as name from information_schema.tables 
      where table_schema = 'public' and table_name <> 'connection_budget' order by 1`,
  );
  const held: Record<string, unknown> = {};
  for (const { name } of tables) {
    const [row] = await rig.deps.db.execute(sql`
      select count(*)::int as rows, md5(coalesce(string_agg(t::text, ',' order by t::text), '')) as held
      from ${sql.identifier(name)} t`);
    held[name] = row;
  }
  return held;
}

/** Calls that were no read: searches and the request for a token are. */
function writesToCrms(): string[] {
  return CRMS.flatMap((crm) =>
    rig[crm].journal.entries
      .filter(({ method, path }) => method !== "GET" && !/search|oauth2/.test(path))
      .map(({ method, path }) => `${crm} ${method} ${path}`),
  );
}

describe("a dry run", () => {
  it("changes no row here and writes to no CRM, whatever it finds", async () => {
    rig.hubspot.seed("contact", { email, firstname: "Ana", phone: "+12025550100" });
    rig.ghl.seed("contact", { email, firstName: "Ana" });
    const chat = await rig.chat({ email, phone: PHONE, firstName: "Ana" });
    const before = await everyRow();
    const known = await tryOut({ contactId: await contactOf(rig, chat) });
    await tryOut({ person: { email: mintEmail("new"), phone: "202-555-0199" }, siteId: rig.siteId });
    expect(known.outcomes.map(({ kind }) => kind).sort()).toEqual(["create", "update", "update"]);
    expect(writesToCrms()).toEqual([]);
    expect(await everyRow()).toEqual(before);
  });

  it("plans exactly what the push then does", async () => {
    rig.hubspot.seed("contact", { email, firstname: "Ana", phone: "+12025550100" });
    rig.dynamics.seed("contact", { emailaddress1: email });
    const chat = await rig.chat({ email, phone: PHONE, firstName: "Ana", lastName: "Lima" });
    const tried = await tryOut({ contactId: await contactOf(rig, chat), conversationId: chat.conversationId });
    await rig.end(chat);
    await rig.workUntilIdle();
    for (const run of await rig.runs()) {
      const { provider } = await rig.connection(run.connectionId);
      const outcome = inCrm(tried, provider);
      const done = (run.plan?.decisions ?? []).map(({ property, kind, chat: ours, crm }) => ({
        property,
        kind,
        chat: ours,
        crm,
      }));
      const planned = outcome.fields.map(({ property, kind, chat: ours, crm }) => ({
        property,
        kind,
        chat: ours,
        crm,
      }));
      expect(planned, provider).toEqual(done);
      expect(outcome.kind === "create", provider).toBe(run.result === "created");
      expect(outcome.conflicts, provider).toBe(run.conflictsQueued);
    }
  });

  it("tells of each field what would become of it, and why", async () => {
    rig.hubspot.seed("contact", { email, firstname: "Ana", phone: "+12025550100" });
    const person = { email, phone: PHONE, firstName: "Ana", lastName: "Lima" };
    const outcome = inCrm(await tryOut({ person, siteId: rig.siteId }), "hubspot");
    expect(outcome).toMatchObject({
      kind: "update",
      reason: `Matched by the email ${email}.`,
      writes: 1,
      conflicts: 1,
      record: { name: "Ana", emails: [email], phones: ["+12025550100"] },
    });
    expect(decided(outcome)).toEqual({ firstName: "noop", lastName: "fill", email: "noop", phone: "conflict" });
    expect(outcome.fields.find(({ field }) => field === "lastName")).toMatchObject({
      label: "Last name",
      reason: "HubSpot had nothing here.",
      crm: null,
      after: "Lima",
    });
  });

  it("would create somebody whom nobody knows", async () => {
    const tried = await tryOut({ person: { email, firstName: "Ana" }, siteId: rig.siteId });
    expect(tried.person).toEqual({ contactId: null, name: "Ana", email, phone: null, verified: false });
    expect(inCrm(tried, "dynamics")).toMatchObject({ kind: "create", writes: 2, record: null });
    expect(inCrm(tried, "dynamics").reason).toContain("new lead");
  });

  it("lists the records among which an agent would have to choose", async () => {
    for (const firstName of ["Ana", "Ben"]) rig.ghl.seed("contact", { firstName, phone: PHONE });
    const outcome = inCrm(await tryOut({ person: { phone: PHONE }, siteId: rig.siteId }), "ghl");
    expect([outcome.kind, outcome.candidates.map(({ name }) => name).sort()]).toEqual(["choose", ["Ana", "Ben"]]);
  });

  it("goes on in the other CRMs when one refuses, and leaves that connection as it is", async () => {
    await rig.deps.db.$client`update connection set credentials = ${rig.deps.secrets.encrypt(
      JSON.stringify({ token: "pat-na1-revoked" }),
      `connection:${await idOf("hubspot")}:credentials`,
    )} where provider = 'hubspot'`;
    const tried = await tryOut({ person: { email }, siteId: rig.siteId });
    expect(tried.outcomes.map(({ kind }) => kind).sort()).toEqual(["create", "create", "problem"]);
    expect(inCrm(tried, "hubspot").reason).not.toBe("");
    expect((await rig.connection(await idOf("hubspot"))).status).toBe("active");
  });

  it("looks from the keys when the linked record is gone, and keeps the link", async () => {
    const chat = await rig.chatAndEnd({ email });
    await rig.workUntilIdle();
    const [record] = rig.hubspot.records();
    rig.hubspot.remove("contact", String(record?.id));
    const before = await everyRow();
    const contactId = await contactOf(rig, chat);
    expect(inCrm(await tryOut({ contactId }), "hubspot")).toMatchObject({ kind: "leave" });
    expect(await everyRow()).toEqual(before);
  });

  it("asks no CRM about somebody without email and phone", async () => {
    const tried = await tryOut({ person: { firstName: "Ana" }, siteId: rig.siteId });
    expect(tried.outcomes.map(({ kind, calls }) => [kind, calls])).toEqual(CRMS.map(() => ["leave", 0]));
  });

  it("refuses an unreadable email or number at the input", async () => {
    const person = { email: "ana at home", phone: "12" };
    const { status, body } = await door.ask<{ fields: object }>("POST", "/api/dry-run", { person, siteId: rig.siteId });
    expect([status, Object.keys(body.fields)]).toEqual([400, ["person.email", "person.phone"]]);
  });

  it("finds nothing where there is no such contact, conversation of theirs, or site", async () => {
    const contactId = await contactOf(rig, await rig.chat({ email }));
    const { conversationId } = await rig.chat({ email: mintEmail("other") });
    for (const body of [
      { contactId: newId() },
      { contactId, conversationId },
      { person: { email }, siteId: newId() },
    ]) {
      expect((await door.ask("POST", "/api/dry-run", body)).status).toBe(404);
    }
  });
});

describe("the contacts to choose from", () => {
  it("are found by parts of names, emails and numbers", async () => {
    const lastName = mint("Lima");
    const contactId = await contactOf(rig, await rig.chat({ email, firstName: "Ana", lastName, phone: PHONE }));
    await rig.chat({ email: mintEmail("other") });
    for (const search of [lastName.slice(0, -2), email.slice(2), "202 555 01"]) {
      const answer = await door.get(`/api/dry-run/contacts?search=${encodeURIComponent(search)}`);
      const { contacts } = ContactChoices.parse(answer);
      expect(
        contacts.map(({ id }) => id),
        search,
      ).toEqual([contactId]);
    }
    const all = await door.get<{ contacts: unknown[] }>("/api/dry-run/contacts");
    expect(all.contacts).toHaveLength(2);
  });
});

async function idOf(provider: string): Promise<string> {
  const [row] = await rig.deps.db.execute<{ id: string }>(sql`select id from connection where provider = ${provider}`);
  return row?.id ?? "";
}
