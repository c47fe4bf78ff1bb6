import { SyncRunDetail, SyncRunPage } from "@rolodesk/shared/sync-log";
import { SyncStats } from "@rolodesk/shared/sync-stats";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { UserActor } from "../../server/actor.ts";
import { type ConsoleDoor, consoleDoor } from "../support/console-door.ts";
import { mint, mintEmail, newId } from "../support/ids.ts";
import { createSyncRig, type SyncRig } from "../support/sync-rig.ts";

const HOUR_MS = 60 * 60_000;
const DAY_MS = 24 * HOUR_MS;

let rig: SyncRig;
let admin: ConsoleDoor;
let stranger: ConsoleDoor;
let hubspot: string;
let ghl: string;

beforeAll(async () => {
  rig = await createSyncRig();
  hubspot = await rig.connect("hubspot");
  ghl = await rig.connect("ghl");
  admin = consoleDoor(rig.deps, rig.admin);
  const actor: UserActor = { kind: "user", userId: "stranger", name: "Sam", role: "agent", siteIds: [newId()] };
  stranger = consoleDoor(rig.deps, actor);
});
afterAll(() => rig.close());

async function log(query = ""): Promise<SyncRunPage> {
  return SyncRunPage.parse(await admin.get(`/api/sync-runs?${query}`));
}

async function detail(id: string): Promise<SyncRunDetail> {
  return SyncRunDetail.parse(await admin.get(`/api/sync-runs/${id}/detail`));
}

/** Somebody with this name, pushed to every CRM. */
async function push(lastName = mint("Person")): Promise<{ lastName: string; email: string }> {
  const email = mintEmail();
  await rig.chatAndEnd({ firstName: "Ana", lastName, email });
  await rig.workUntilIdle();
  return { lastName, email };
}

function refuse(): void {
  const body = '{"message":"Contacts are closed today."}';
  rig.hubspot.faults.play({
    fault: { kind: "status", status: 400, contentType: "application/json", body },
    match: ({ method, path }) => method === "POST" && path.endsWith("/contacts"),
  });
}

describe("the sync log", () => {
  test("is found by person, connection, outcome, trigger and time", async () => {
    const { lastName, email } = await push();
    const about = `search=${lastName}`;
    const both = await log(about);
    expect(both.items.map(({ result }) => result)).toEqual(["created", "created"]);
    expect(both.items[0]).toMatchObject({ person: { label: `Ana ${lastName}` }, siteName: "Shop", written: 3 });
    expect((await log(`search=${email}`)).items).toEqual(both.items);
    expect((await log(`${about}&connection=${ghl}`)).items.map(({ connectionId }) => connectionId)).toEqual([ghl]);
    expect((await log(`${about}&result=updated`)).items).toEqual([]);
    expect((await log(`${about}&status=done&trigger=conversation_end`)).items).toHaveLength(2);
    expect((await log(`${about}&status=unfinished`)).items).toEqual([]);
    expect((await log(`contact=${both.items[0]?.contactId}`)).items).toHaveLength(2);
    expect((await log(`${about}&from=2100-01-01T00:00:00Z`)).items).toEqual([]);
    expect((await log(`${about}&to=2100-01-01T00:00:00Z`)).items).toHaveLength(2);
  });

  test("reads on from where a page ended, newest first, each run once", async () => {
    for (let n = 0; n < 3; n += 1) await push();
    const all = (await log()).items.map(({ id }) => id);
    const read: string[] = [];
    for (let cursor: string | null = ""; cursor !== null; ) {
      const page: SyncRunPage = await log(`limit=2${cursor ? `&cursor=${cursor}` : ""}`);
      read.push(...page.items.map(({ id }) => id));
      cursor = page.nextCursor;
    }
    expect(read).toEqual(all);
    expect((await admin.ask("GET", "/api/sync-runs?cursor=nonsense")).status).toBe(400);
  });

  test("does not exist for an agent of another site", async () => {
    await push();
    const [run] = (await log()).items;
    expect(await stranger.get("/api/sync-runs")).toEqual({ items: [], nextCursor: null });
    expect((await stranger.ask("GET", `/api/sync-runs/${run?.id}/detail`)).status).toBe(404);
  });
});

describe("a run's page", () => {
  test("tells what changed, why, by which calls, and what became of this person before", async () => {
    const { lastName, email } = await push();
    await rig.chatAndEnd({ email, phone: "+12025550123" });
    await rig.workUntilIdle();
    const [latest, first] = (await log(`search=${lastName}&connection=${hubspot}`)).items;
    const told = await detail(latest?.id ?? "");
    expect(told).toMatchObject({ result: "updated", applied: true, creates: false, written: 1 });
    const phone = told.fields.find(({ field }) => field === "phone");
    expect(phone).toMatchObject({
      kind: "fill",
      label: "Phone",
      crm: null,
      after: "+12025550123",
      reason: "HubSpot had nothing here.",
    });
    const writes = told.callLog.filter(({ method }) => method === "PATCH");
    expect(writes).toMatchObject([{ status: 200, path: expect.stringContaining(told.record?.externalId ?? "none") }]);
    expect(told.history.map(({ id }) => id)).toEqual([first?.id]);
    expect(await detail(first?.id ?? "")).toMatchObject({ creates: true, result: "created" });
  });
});

describe("the dead letter", () => {
  test("tells how many runs failed, retries them all, and only an admin may", async () => {
    refuse();
    const people = [await push(), await push()];
    const failed = (await log(`status=failed&connection=${hubspot}`)).items;
    expect(failed).toHaveLength(2);
    expect(failed[0]).toMatchObject({ reason: expect.stringContaining("closed today") });
    expect(await detail(failed[0]?.id ?? "")).toMatchObject({ applied: false, creates: true });
    expect(await admin.get(`/api/sync-runs/failed?connection=${hubspot}`)).toEqual({ failed: 2 });

    expect((await stranger.ask("GET", `/api/sync-runs/failed?connection=${hubspot}`)).status).toBe(403);
    const refused = await stranger.ask("POST", "/api/sync-runs/retry-failed", { connectionId: hubspot });
    expect(refused.status).toBe(403);

    rig.hubspot.faults.clear();
    expect(await admin.post("/api/sync-runs/retry-failed", { connectionId: hubspot })).toEqual({ retried: 2 });
    await rig.workUntilIdle();
    expect(await admin.get(`/api/sync-runs/failed?connection=${hubspot}`)).toEqual({ failed: 0 });
    for (const { lastName } of people) {
      expect((await log(`search=${lastName}&result=created`)).items).toHaveLength(2);
    }
  });

  test("stays as it is while the connection is paused", async () => {
    refuse();
    await push();
    rig.hubspot.faults.clear();
    await admin.post(`/api/connections/${hubspot}/pause`);
    const answer = await admin.ask("POST", "/api/sync-runs/retry-failed", { connectionId: hubspot });
    expect(answer.status).toBe(409);
    await admin.post(`/api/connections/${hubspot}/resume`);
    expect(await admin.get(`/api/sync-runs/failed?connection=${hubspot}`)).toEqual({ failed: 1 });
  });
});

describe("the charts", () => {
  beforeAll(() => {
    // no day ends between two looks at it
    const leftOfDayMs = DAY_MS - (rig.deps.now().getTime() % DAY_MS);
    if (leftOfDayMs < HOUR_MS) rig.advance(leftOfDayMs);
  });

  const today = () => rig.deps.now().toISOString().slice(0, 10);

  async function stats(query = ""): Promise<SyncStats> {
    return SyncStats.parse(await admin.get(`/api/sync-stats?from=${today()}&to=${today()}${query}`));
  }

  test("count every run once, on the day it ended, and the calls it took", async () => {
    const before = await stats();
    await push();
    const [now, [then]] = [await stats(), before.days];
    expect(now.days).toHaveLength(1);
    expect(now.days[0]?.results.created).toBe((then?.results.created ?? 0) + 2);
    expect(now.days[0]?.p95Ms).toBeGreaterThanOrEqual(now.days[0]?.p50Ms ?? Number.NaN);
    const used = now.connections.find(({ id }) => id === hubspot);
    expect(used?.calls).toBeGreaterThan(before.connections.find(({ id }) => id === hubspot)?.calls ?? 0);
    expect((await stats(`&connection=${ghl}`)).days[0]?.results.created).toBeLessThan(
      now.days[0]?.results.created ?? 0,
    );
  });

  test("show what a CRM says of its budget", async () => {
    await push();
    const budget = (await stats()).connections.find(({ id }) => id === ghl)?.budget;
    expect(budget?.limit).toBeGreaterThan(budget?.remaining ?? Number.NaN);
  });

  test("count waiting conflicts by age", async () => {
    const email = mintEmail();
    rig.ghl.seed("contact", { email, firstName: "Robert" });
    const [young = 0] = (await stats()).openConflicts;
    await rig.chatAndEnd({ email, firstName: "Bob" });
    await rig.workUntilIdle();
    expect((await stats()).openConflicts[0]).toBe(young + 1);
  });

  test("are empty for an agent of another site, and refuse a period that is none", async () => {
    const theirs = SyncStats.parse(await stranger.get(`/api/sync-stats?from=${today()}&to=${today()}`));
    expect(theirs.days[0]?.results).toEqual({});
    expect(theirs.openConflicts).toEqual([0, 0, 0, 0, 0]);
    for (const query of ["from=2026-02-02&to=2026-02-01", "from=2020-01-01&to=2026-01-01", "from=x&to=y"]) {
      expect((await admin.ask("GET", `/api/sync-stats?${query}`)).status).toBe(400);
    }
  });
});
