import { describe, expect, test } from "vitest";
import type { Connector, CrmRecord } from "../../server/domain/connector.ts";
import type { PullPage } from "../../server/domain/pull.ts";
import { dynamicsEnvironment } from "../support/dynamics-environment.ts";
import { createHubSpotRig } from "../support/hubspot.ts";
import { openGhlAccount as open } from "./ghl-account.ts";

const HOUR_MS = 60 * 60_000;

async function pageOf(
  connector: Connector,
  properties: readonly string[],
  cursor: string | null,
  tag: string | null = null,
) {
  const page = await connector.pull?.page({ cursor, tag, properties });
  if (!page) throw new Error("This connector has no pull.");
  return page;
}

async function readAll(
  connector: Connector,
  properties: readonly string[],
  cursor: string | null,
  tag: string | null = null,
) {
  const records: CrmRecord[] = [];
  const pages: PullPage[] = [];
  let at = cursor;
  for (;;) {
    const page = await pageOf(connector, properties, at, tag);
    if (page.kind === "expired") throw new Error("the cursor has expired");
    pages.push(page);
    records.push(...page.records);
    at = page.cursor;
    if (!page.more) return { records, cursor: at, pages };
  }
}

const idsOf = (records: readonly CrmRecord[]) => [...new Set(records.map(({ externalId }) => externalId))].sort();

describe("HubSpot", () => {
  test.each([99, 100, 101, 350])(
    "%i contacts changed in one millisecond are all read, and the reading ends",
    async (many) => {
      const { simulator, connector, advance } = createHubSpotRig({ switches: { searchesPerSecond: 1000 } });
      const ids = Array.from({ length: many }, (_, n) =>
        simulator.seed("contact", { firstname: `P${n}`, email: `p${n}@example.com` }),
      );
      advance(HOUR_MS);
      const { cursor } = await readAll(connector, ["firstname"], null);
      advance(HOUR_MS);
      simulator.runBatchJob(ids);
      advance(1);
      simulator.edit("contact", ids[0] ?? "", { firstname: "Later" });
      advance(HOUR_MS);
      const { records, cursor: next } = await readAll(connector, ["firstname"], cursor);
      expect(idsOf(records)).toEqual(ids.toSorted());
      expect(records.findLast(({ externalId }) => externalId === ids[0])?.values.firstname).toBe("Later");
      expect((await readAll(connector, ["firstname"], next)).records.length).toBeLessThanOrEqual(1);
    },
  );

  test("changes are read in the order they were made in, however old the contacts are", async () => {
    const { simulator, connector, advance } = createHubSpotRig({ switches: { searchesPerSecond: 1000 } });
    const ids = Array.from({ length: 150 }, (_, n) => simulator.seed("contact", { email: `p${n}@example.com` }));
    advance(HOUR_MS);
    const { cursor } = await readAll(connector, ["firstname"], null);
    advance(HOUR_MS);
    for (const id of ids.toReversed()) {
      simulator.edit("contact", id, { firstname: "Newer" });
      advance(1);
    }
    advance(HOUR_MS);
    const page = await pageOf(connector, ["firstname"], cursor);
    const first = page.kind === "page" ? page.records.map(({ externalId }) => externalId) : [];
    expect(first).toEqual(ids.toReversed().slice(0, 100));
    expect(idsOf((await readAll(connector, ["firstname"], cursor)).records)).toEqual(ids.toSorted());
  });

  test("a change that the index shows after a later one, and after the reading, is read by the next one", async () => {
    const draws = [1, 0];
    const { simulator, connector, advance } = createHubSpotRig({
      searchLagMs: 40_000,
      random: () => draws.shift() ?? 0,
    });
    const slow = simulator.seed("contact", { email: "slow@example.com" });
    const quick = simulator.seed("contact", { email: "quick@example.com" });
    advance(HOUR_MS);
    const { cursor } = await readAll(connector, ["firstname"], null);
    advance(HOUR_MS);
    draws.splice(0, draws.length, 1, 0);
    simulator.edit("contact", slow, { firstname: "Slow" });
    advance(500);
    simulator.edit("contact", quick, { firstname: "Quick" });
    advance(35_000);
    const early = await readAll(connector, ["firstname"], cursor);
    expect(idsOf(early.records)).toEqual([quick]);
    advance(60_000);
    expect(idsOf((await readAll(connector, ["firstname"], early.cursor)).records)).toContain(slow);
  });

  test("tells who has unsubscribed from all email", async () => {
    const { simulator, connector } = createHubSpotRig();
    const id = simulator.seed("contact", { email: "ann@example.com" });
    simulator.unsubscribe(id);
    const { records } = await readAll(connector, ["email"], null);
    expect(records).toMatchObject([{ doNotContact: ["email"] }]);
    const found = await connector.getContact({ object: "contact", externalId: id }, ["email"]);
    expect(found).toMatchObject({ kind: "found", record: { doNotContact: ["email"] } });
    const body = JSON.stringify({ id, properties: { email: "ann@example.com", hs_email_optout: "false" } });
    simulator.faults.play({ fault: { kind: "body", body, contentType: "application/json" }, times: 1 });
    const again = await connector.getContact({ object: "contact", externalId: id }, ["email"]);
    expect(again).toMatchObject({ kind: "found", record: { doNotContact: [] } });
  });
});

describe("Dynamics 365", () => {
  test("a position older than the environment remembers, and one of another selection, ask for everybody anew", async () => {
    const { simulator, connector, clock } = dynamicsEnvironment();
    simulator.seed("contact", { firstname: "Ann", emailaddress1: "ann@example.com" });
    const { cursor } = await readAll(connector, ["firstname"], null);
    expect(await pageOf(connector, ["firstname", "lastname", "jobtitle"], cursor)).toEqual({ kind: "expired" });
    clock.now += 8 * 24 * HOUR_MS;
    expect(await pageOf(connector, ["firstname"], cursor)).toEqual({ kind: "expired" });
  });

  test("reads contacts and leads, with what forbids to write to them", async () => {
    const { simulator, connector } = dynamicsEnvironment();
    simulator.seed("contact", { lastname: "Lee", emailaddress1: "lee@example.com", donotemail: true });
    simulator.seed("lead", { lastname: "Poe", subject: "Chat", telephone1: "+12025550123", donotphone: true });
    const { records } = await readAll(connector, ["lastname"], null);
    expect(records.map(({ object, doNotContact }) => [object, doNotContact])).toEqual([
      ["contact", ["email"]],
      ["lead", ["call"]],
    ]);
  });

  test("goes nowhere when a link leads to another host", async () => {
    const { simulator, connector } = dynamicsEnvironment();
    const body = JSON.stringify({
      value: [],
      "@odata.nextLink": "http://elsewhere.example.test/api/data/v9.2/contacts",
    });
    simulator.faults.play({ fault: { kind: "body", body, contentType: "application/json" }, times: 1 });
    await expect(pageOf(connector, ["firstname"], null)).rejects.toMatchObject({ code: "bad_response" });
  });
});

describe("HighLevel", () => {
  test("everybody is read by tag, changes of everybody", async () => {
    const { simulator, connector, advance } = await open();
    const tagged = simulator.seed("contact", { email: "ann@example.com", tags: ["VIP"] });
    const other = simulator.seed("contact", { email: "bob@example.com" });
    advance(HOUR_MS);
    const first = await readAll(connector, ["email"], null, "vip");
    expect(idsOf(first.records)).toEqual([tagged]);
    expect(first.records[0]?.tags).toEqual(["vip"]);
    advance(HOUR_MS);
    simulator.edit("contact", tagged, { tags: [] });
    simulator.edit("contact", other, { firstName: "Bob" });
    advance(HOUR_MS);
    expect(idsOf((await readAll(connector, ["email"], first.cursor, "vip")).records)).toEqual([tagged, other].sort());
  });

  test("rows of the search say what the contact itself says: street address and date of birth, too", async () => {
    const { simulator, connector, advance } = await open();
    const properties = ["address1", "dateOfBirth"];
    const values = { address1: "1 Main Street", dateOfBirth: "1990-09-25" };
    const id = simulator.seed("contact", { email: "ann@example.com", ...values });
    advance(HOUR_MS);
    expect((await readAll(connector, properties, null)).records).toMatchObject([{ values }]);
    const found = await connector.getContact({ object: "contact", externalId: id }, properties);
    expect(found).toMatchObject({ record: { values } });
  });

  test("a change that the index did not show to a reading by tag is read by the next one", async () => {
    const { simulator, connector, advance } = await open();
    const tagged = simulator.seed("contact", { email: "ann@example.com", tags: ["vip"] });
    const other = simulator.seed("contact", { email: "bob@example.com" });
    advance(HOUR_MS);
    simulator.edit("contact", other, { firstName: "Bob" });
    advance(5_000);
    const first = await readAll(connector, ["email"], null, "vip");
    expect(idsOf(first.records)).toEqual([tagged]);
    advance(HOUR_MS);
    expect(idsOf((await readAll(connector, ["email"], first.cursor, "vip")).records)).toContain(other);
  });

  test("many contacts of one millisecond are all read", async () => {
    const { simulator, connector, advance } = await open();
    const ids = Array.from({ length: 250 }, (_, n) => simulator.seed("contact", { email: `p${n}@example.com` }));
    advance(HOUR_MS);
    const { records, pages } = await readAll(connector, ["email"], null);
    expect(idsOf(records)).toEqual(ids.toSorted());
    expect(records).toHaveLength(250);
    expect(pages.map(({ expected }) => expected)).toEqual([250, 250, 250]);
  });

  const status = (value: string) => ({ status: value });
  test.each([
    ["nothing", {}, []],
    [
      "the master switch with every channel off",
      { dnd: true, dndSettings: { Email: status("inactive"), SMS: status("inactive") } },
      ["all"],
    ],
    [
      "channels without the master switch",
      { dnd: false, dndSettings: { Email: status("active"), Call: status("inactive") } },
      ["email"],
    ],
    ["a carrier's stop", { dndSettings: { SMS: status("permanent") } }, ["sms"]],
    [
      "channels under new names",
      { dndSettings: { whatsApp: status("active"), RCS: status("active"), GMB: status("active") } },
      ["whatsapp", "other"],
    ],
    ["both", { dnd: true, dndSettings: { Call: status("active") } }, ["all", "call"]],
  ])("do-not-disturb: %s", async (_case, values, expected) => {
    const { simulator, connector } = await open();
    const id = simulator.seed("contact", { email: "ann@example.com", ...values });
    const { records } = await readAll(connector, ["email"], null);
    expect(records[0]?.doNotContact).toEqual(expected);
    const found = await connector.getContact({ object: "contact", externalId: id }, ["email"]);
    expect(found).toMatchObject({ record: { doNotContact: expected } });
  });
});
