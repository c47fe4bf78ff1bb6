import {
  ConflictDetail,
  type ConflictUnit,
  ConflictUnitPage,
  type DraftSettlement,
  Settlement,
  SettlementRows,
  UndoResult,
} from "@rolodesk/shared/conflict-queue";
import type { SiteInput } from "@rolodesk/shared/site";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import type { UserActor } from "../../server/actor.ts";
import { runSettlement } from "../../server/usecases/conflicts/run-settlement.ts";
import { changeConnection } from "../../server/usecases/connections/change-connection.ts";
import { createSite } from "../../server/usecases/sites/create-site.ts";
import { type ConsoleDoor, consoleDoor } from "../support/console-door.ts";
import { mint, mintEmail, newId } from "../support/ids.ts";
import { createSyncRig, type SyncRig } from "../support/sync-rig.ts";

let rig: SyncRig;
let admin: ConsoleDoor;
let stranger: ConsoleDoor;
let hubspot: string;

beforeEach(async () => {
  rig = await createSyncRig();
  hubspot = await rig.connect("hubspot");
  admin = consoleDoor(rig.deps, rig.admin);
  const actor: UserActor = { kind: "user", userId: "stranger", name: "Sam", role: "agent", siteIds: [newId()] };
  stranger = consoleDoor(rig.deps, actor);
});
afterEach(() => rig.close());

const ANOTHER_SHOP: SiteInput = {
  ...{ name: "Another shop", accent: "#1d6b5f", greeting: "", origins: [], defaultCountry: null, idleMinutes: 30 },
  ask: { firstName: "optional", lastName: "optional", email: "optional", phone: "optional" },
};

/** Somebody HubSpot knows by another name and number. Answers the record's id. */
async function differ(lastName = mint("Smith")): Promise<string> {
  const email = mintEmail();
  const id = rig.hubspot.seed("contact", { email, firstname: "Robert", lastname: lastName, phone: "+12025550100" });
  await rig.chatAndEnd({ email, firstName: "Bob", lastName: `${lastName}e`, phone: "+12025550123" });
  await rig.workUntilIdle();
  return id;
}

async function queue(query = ""): Promise<ConflictUnitPage> {
  return ConflictUnitPage.parse(await admin.get(`/api/conflicts?${query}`));
}

async function unitOf(unit: string, state = "open"): Promise<ConflictUnit> {
  const [found] = (await queue(`unit=${unit}&state=${state}`)).items;
  if (!found) throw new Error(`No conflict about ${unit} is ${state}.`);
  return found;
}

function seen({ members }: ConflictUnit) {
  return members.map(({ id, crmValue, chatValue }) => ({ id, seenCrmValue: crmValue, seenChatValue: chatValue }));
}

async function decide(unit: ConflictUnit, decision: "use_chat" | "keep_crm"): Promise<void> {
  await admin.post("/api/conflicts/settle", { decision, conflicts: seen(unit) });
}

async function draft(input: DraftSettlement): Promise<Settlement> {
  return Settlement.parse(await admin.post("/api/settlements", input));
}

async function settlement(id: string): Promise<Settlement> {
  return Settlement.parse(await admin.get(`/api/settlements/${id}`));
}

const values = (id: string) => rig.hubspot.record("contact", id)?.values;
const allUnits = (filter: object = {}) => ({ kind: "filter" as const, filter });

describe("the queue", () => {
  test("shows both halves of a name as one, oldest first, with whom and where", async () => {
    const lastName = mint("Smith");
    await differ(lastName);
    const { items, total } = await queue();
    expect(total).toBe(2);
    expect(items.map(({ unit, members }) => [unit, members.length])).toEqual([
      ["name", 2],
      ["phone", 1],
    ]);
    expect(items[0]).toMatchObject({
      person: { label: `Bob ${lastName}e` },
      connection: { id: hubspot },
      conversation: { siteName: "Shop", assigneeName: null },
    });
    expect(await admin.get("/api/conflicts/count")).toEqual({ open: 2 });
  });

  test("is narrowed by field, connection, age, agent and site", async () => {
    await differ();
    const left = async (query: string) => (await queue(query)).items.map(({ unit }) => unit);
    expect(await left("unit=phone")).toEqual(["phone"]);
    expect(await left(`connection=${newId()}`)).toEqual([]);
    expect(await left(`connection=${hubspot}&site=${rig.siteId}&assignee=nobody`)).toEqual(["name", "phone"]);
    expect(await left(`assignee=${rig.admin.userId}`)).toEqual([]);
    expect(await left(`site=${newId()}`)).toEqual([]);
    expect(await left("olderThanDays=3")).toEqual([]);
    rig.advance(4 * 86_400_000);
    expect(await left("olderThanDays=3")).toEqual(["name", "phone"]);
  });

  test("reads on from where a page ended, each unit once, open and decided", async () => {
    for (let n = 0; n < 3; n += 1) await differ();
    for (const state of ["open", "decided"]) {
      const all = (await queue(`state=${state}`)).items.map(({ id }) => id);
      expect(all).toHaveLength(6);
      const read: string[] = [];
      for (let cursor: string | null = ""; cursor !== null; ) {
        const page: ConflictUnitPage = await queue(`state=${state}&limit=4${cursor ? `&cursor=${cursor}` : ""}`);
        read.push(...page.items.map(({ id }) => id));
        cursor = page.nextCursor;
      }
      expect(read).toEqual(all);
      for (const unit of (await queue()).items) await decide(unit, "keep_crm");
    }
    expect((await admin.ask("GET", "/api/conflicts?cursor=nonsense")).status).toBe(400);
  });

  test("does not exist for an agent of another site", async () => {
    await differ();
    const unit = await unitOf("phone");
    expect(await stranger.get("/api/conflicts")).toEqual({ items: [], nextCursor: null, total: 0 });
    expect(await stranger.get("/api/conflicts/count")).toEqual({ open: 0 });
    expect((await stranger.ask("GET", `/api/conflicts/${unit.id}`)).status).toBe(404);
    expect((await stranger.ask("POST", `/api/conflicts/${unit.id}/undo`, {})).status).toBe(404);
    const scope = { kind: "rows", conflicts: seen(unit) };
    expect((await stranger.ask("POST", "/api/settlements", { decision: "keep_crm", scope })).status).toBe(404);
  });
});

describe("conflicts of a connection that serves other sites", () => {
  test("do not exist for an agent on whose site the person has spoken", async () => {
    await differ();
    const unit = await unitOf("phone");
    const actor: UserActor = { kind: "user", userId: "agent", name: "Kim", role: "agent", siteIds: [rig.siteId] };
    const agent = consoleDoor(rig.deps, actor);
    expect(await agent.get("/api/conflicts/count")).toEqual({ open: 2 });
    const shop = await createSite(rig.deps, rig.admin, ANOTHER_SHOP);
    await changeConnection(rig.deps, rig.admin, hubspot, { siteIds: [shop.id] });

    expect(await agent.get("/api/conflicts")).toEqual({ items: [], nextCursor: null, total: 0 });
    expect(await agent.get("/api/conflicts/count")).toEqual({ open: 0 });
    expect((await agent.ask("GET", `/api/conflicts/${unit.id}`)).status).toBe(404);
    const settled = { decision: "keep_crm", conflicts: seen(unit) };
    expect((await agent.ask("POST", "/api/conflicts/settle", settled)).status).toBe(404);
    expect((await queue()).total).toBe(2);
  });
});

describe("undoing", () => {
  async function undo(unit: ConflictUnit): Promise<UndoResult> {
    return UndoResult.parse(await admin.post(`/api/conflicts/${unit.id}/undo`));
  }

  test("an applied name puts both former halves back in one write, and asks again", async () => {
    const id = await differ("Smythe");
    await decide(await unitOf("name"), "use_chat");
    expect(values(id)).toMatchObject({ firstname: "Bob", lastname: "Smythee" });
    rig.hubspot.journal.clear();
    expect(await undo(await unitOf("name", "decided"))).toMatchObject({ outcome: "undone" });
    expect(values(id)).toMatchObject({ firstname: "Robert", lastname: "Smythe" });
    expect(rig.hubspot.journal.entries.filter(({ method }) => method === "PATCH")).toHaveLength(1);
    const again = await unitOf("name");
    expect(again.members.map(({ crmValue }) => crmValue)).toEqual(["Robert", "Smythe"]);
    const { trail } = ConflictDetail.parse(await admin.get(`/api/conflicts/${again.id}`));
    expect(trail.map(({ action, from, to, actor }) => [action, from, to, actor])).toEqual([
      ["conflict.applied", "Robert", "Bob", "Ada"],
      ["conflict.applied", "Smythe", "Smythee", "Ada"],
      ["conflict.undone", "Bob", "Robert", "Ada"],
      ["conflict.undone", "Smythee", "Smythe", "Ada"],
    ]);
  });

  test("leaves the next push nothing new to ask and nothing to write", async () => {
    const email = mintEmail();
    const id = rig.hubspot.seed("contact", { email, phone: "+12025550100" });
    await rig.chatAndEnd({ email, phone: "+12025550123" });
    await rig.workUntilIdle();
    await decide(await unitOf("phone"), "use_chat");
    await undo(await unitOf("phone", "decided"));
    await rig.chatAndEnd({ email, phone: "+12025550123" });
    await rig.workUntilIdle();
    expect(values(id)).toMatchObject({ phone: "+12025550100" });
    expect((await queue("unit=phone")).items).toHaveLength(1);
  });

  test("writes nothing when the CRM holds something new by now", async () => {
    const id = await differ();
    await decide(await unitOf("phone"), "use_chat");
    rig.hubspot.edit("contact", id, { phone: "+12025550155" });
    const unit = await unitOf("phone", "decided");
    expect(await undo(unit)).toMatchObject({ outcome: "stale", conflicts: [{ status: "applied", decidedBy: "Ada" }] });
    expect(values(id)).toMatchObject({ phone: "+12025550155" });
  });

  test("stands when the CRM refuses, in its words, and can be tried again", async () => {
    const id = await differ();
    await decide(await unitOf("phone"), "use_chat");
    const body = '{"message":"Phone numbers are closed today."}';
    const fault = { kind: "status" as const, status: 400, contentType: "application/json", body };
    rig.hubspot.faults.play({ fault, match: ({ method }) => method === "PATCH" });
    const unit = await unitOf("phone", "decided");
    const refused = await undo(unit);
    expect(refused).toMatchObject({ outcome: "failed", message: expect.stringContaining("closed today") });
    expect(refused.conflicts[0]?.status).toBe("applied");
    rig.hubspot.faults.clear();
    expect(await undo(await unitOf("phone", "decided"))).toMatchObject({ outcome: "undone" });
    expect(values(id)).toMatchObject({ phone: "+12025550100" });
  });

  test("of a CRM that cannot clear a value says so", async () => {
    const ghl = await rig.connect("ghl");
    const { fields } = await admin.get<{ fields: { field: string }[] }>(`/api/connections/${ghl}/mapping`);
    const mapping = fields.map((one) => (one.field === "phone" ? { ...one, policy: "ask" } : one));
    expect((await admin.ask("PUT", `/api/connections/${ghl}/mapping`, { fields: mapping })).status).toBe(200);
    const email = mintEmail();
    const id = rig.ghl.seed("contact", { email });
    await rig.chatAndEnd({ email, phone: "+12025550123" });
    await rig.workUntilIdle();
    await decide((await queue(`connection=${ghl}`)).items[0] as ConflictUnit, "use_chat");
    const [decided] = (await queue(`connection=${ghl}&state=decided`)).items;
    const refused = await undo(decided as ConflictUnit);
    expect(refused.outcome).toBe("failed");
    expect(refused.message).toMatch(/clear|empt/i);
    expect(rig.ghl.record("contact", id)?.values).toMatchObject({ phone: "+12025550123" });
  });

  test("a kept one forgets that it was dismissed and asks again", async () => {
    const id = await differ();
    await decide(await unitOf("phone"), "keep_crm");
    expect((await queue("unit=phone")).items).toEqual([]);
    expect(await undo(await unitOf("phone", "decided"))).toMatchObject({ outcome: "undone", message: null });
    await decide(await unitOf("phone"), "use_chat");
    expect(values(id)).toMatchObject({ phone: "+12025550123" });
  });

  test("is not for what was never written, nor for what is still open", async () => {
    const id = await differ();
    const open = await unitOf("phone");
    expect((await admin.ask("POST", `/api/conflicts/${open.id}/undo`, {})).status).toBe(409);
    rig.hubspot.edit("contact", id, { phone: "+12025550123" });
    await decide(open, "use_chat");
    const equal = await unitOf("phone", "decided");
    expect(equal.undoable).toBe(false);
    expect((await admin.ask("POST", `/api/conflicts/${equal.id}/undo`, {})).status).toBe(409);
  });

  test("happens once when agents ask at the same moment, and a moment later", async () => {
    await differ();
    await decide(await unitOf("phone"), "use_chat");
    const { id } = await unitOf("phone", "decided");
    rig.hubspot.journal.clear();
    const undo = () => admin.ask<{ outcome?: string }>("POST", `/api/conflicts/${id}/undo`, {});
    const answers = await Promise.all(Array.from({ length: 12 }, undo));
    expect(answers.filter(({ body }) => body.outcome === "undone")).toHaveLength(1);
    expect(rig.hubspot.journal.entries.filter(({ method }) => method === "PATCH")).toHaveLength(1);
  });
});

describe("settling many", () => {
  test("tells first what it covers, and changes nothing until it is started", async () => {
    for (let n = 0; n < 3; n += 1) await differ();
    const drafted = await draft({ decision: "use_chat", scope: allUnits() });
    expect(drafted).toMatchObject({ status: "draft", total: 9, stale: 0, inactive: 0, outcomes: {} });
    expect(drafted.groups.map(({ label, count }) => [label, count])).toEqual([
      ["First name", 3],
      ["Last name", 3],
      ["Phone", 3],
    ]);
    await rig.workUntilIdle();
    expect((await queue()).total).toBe(6);
  });

  test("writes every value that is still as it was seen, one write a record, and tells each outcome", async () => {
    const ids = [await differ(), await differ(), await differ()];
    const drafted = await draft({ decision: "use_chat", scope: allUnits() });
    rig.hubspot.edit("contact", ids[1] ?? "", { phone: "+12025550155" });
    rig.hubspot.journal.clear();
    await admin.post(`/api/settlements/${drafted.id}/start`);
    await rig.workUntilIdle();
    expect(await settlement(drafted.id)).toMatchObject({ status: "done", outcomes: { applied: 8, stale: 1 } });
    expect(rig.hubspot.journal.entries.filter(({ method }) => method === "PATCH")).toHaveLength(3);
    expect(values(ids[0] ?? "")).toMatchObject({ firstname: "Bob", phone: "+12025550123" });
    expect(values(ids[1] ?? "")).toMatchObject({ firstname: "Bob", phone: "+12025550155" });
    const rows = SettlementRows.parse(await admin.get(`/api/settlements/${drafted.id}/rows?show=unsettled`));
    expect(rows.rows).toMatchObject([{ label: "Phone", outcome: "stale" }]);
    expect((await queue()).items.map(({ unit }) => unit)).toEqual(["phone"]);
  });

  test("covers exactly the rows of its draft: what comes afterwards stays", async () => {
    await differ();
    const { id } = await draft({ decision: "keep_crm", scope: allUnits() });
    await differ();
    await admin.post(`/api/settlements/${id}/start`);
    await rig.workUntilIdle();
    expect(await settlement(id)).toMatchObject({ status: "done", outcomes: { kept: 3 } });
    expect((await queue()).total).toBe(2);
  });

  test("of chosen rows leaves those that have changed since they were seen, and counts them beforehand", async () => {
    const id = await differ();
    const units = (await queue()).items;
    rig.hubspot.edit("contact", id, { phone: "+12025550155" });
    await decide(await unitOf("phone"), "use_chat");
    const drafted = await draft({ decision: "keep_crm", scope: { kind: "rows", conflicts: units.flatMap(seen) } });
    expect(drafted).toMatchObject({ total: 3, stale: 1, moved: 1 });
    await admin.post(`/api/settlements/${drafted.id}/start`);
    await rig.workUntilIdle();
    expect((await settlement(drafted.id)).outcomes).toEqual({ kept: 2, stale: 1 });
  });

  test("refuses one half of a name without the other", async () => {
    await differ();
    const [half] = seen(await unitOf("name"));
    const scope = { kind: "rows", conflicts: [half] };
    expect((await admin.ask("POST", "/api/settlements", { decision: "use_chat", scope })).status).toBe(400);
  });

  test("goes on after it was killed, settles nothing twice, and counts what it had settled as its own", async () => {
    const ids = [await differ(), await differ(), await differ()];
    const { id } = await draft({ decision: "use_chat", scope: allUnits() });
    rig.hubspot.journal.clear();
    await admin.post(`/api/settlements/${id}/start`);
    // dies right after the first record was written, before it can note what became of it
    let notes = 0;
    const db = new Proxy(rig.deps.db, {
      get(target, key, receiver) {
        if (key === "update") notes += 1;
        if (notes > 0) throw new Error("killed");
        return Reflect.get(target, key, receiver);
      },
    });
    await expect(runSettlement({ ...rig.deps, db }, { settlementId: id })).rejects.toThrow("killed");
    rig.advance(120_000);
    await rig.workUntilIdle();
    expect(await settlement(id)).toMatchObject({ status: "done", outcomes: { applied: 9 } });
    expect(rig.hubspot.journal.entries.filter(({ method }) => method === "PATCH")).toHaveLength(3);
    for (const one of ids) expect(values(one)).toMatchObject({ firstname: "Bob", phone: "+12025550123" });
  });

  test("started twice and delivered twice, it is one settlement", async () => {
    await differ();
    const { id } = await draft({ decision: "use_chat", scope: allUnits() });
    rig.hubspot.journal.clear();
    for (let n = 0; n < 2; n += 1) await admin.post(`/api/settlements/${id}/start`);
    await rig.workUntilIdle(2);
    expect(await settlement(id)).toMatchObject({ status: "done", outcomes: { applied: 3 } });
    expect(rig.hubspot.journal.entries.filter(({ method }) => method === "PATCH")).toHaveLength(1);
  });

  test("waits when the CRM asks to wait, and then goes on", async () => {
    await differ();
    await differ();
    const { id } = await draft({ decision: "use_chat", scope: allUnits() });
    const fault = { kind: "status" as const, status: 429, headers: { "retry-after": "60" } };
    rig.hubspot.faults.play({ fault, times: 1 });
    await admin.post(`/api/settlements/${id}/start`);
    await rig.work();
    const waiting = await settlement(id);
    expect(waiting).toMatchObject({ status: "running", waitsUntil: expect.any(String) });
    await rig.workUntilIdle();
    expect(await settlement(id)).toMatchObject({ status: "done", outcomes: { applied: 6 }, waitsUntil: null });
  });

  test("tells how many rows are of a paused connection, and says so of each", async () => {
    await differ();
    await admin.post(`/api/connections/${hubspot}/pause`);
    const drafted = await draft({ decision: "use_chat", scope: allUnits() });
    expect(drafted.inactive).toBe(3);
    await admin.post(`/api/settlements/${drafted.id}/start`);
    await rig.workUntilIdle();
    const { rows } = SettlementRows.parse(await admin.get(`/api/settlements/${drafted.id}/rows`));
    expect(rows.map(({ outcome }) => outcome)).toEqual(["failed", "failed", "failed"]);
    expect(rows[0]?.problem).toMatch(/not active/);
  });

  test("is nobody else's", async () => {
    const { id } = await draft({ decision: "keep_crm", scope: allUnits() });
    const other = consoleDoor(rig.deps, { ...rig.admin, userId: "another" });
    for (const path of ["", "/rows"]) {
      expect((await other.ask("GET", `/api/settlements/${id}${path}`)).status).toBe(404);
    }
    expect((await other.ask("POST", `/api/settlements/${id}/start`, {})).status).toBe(404);
  });
});
