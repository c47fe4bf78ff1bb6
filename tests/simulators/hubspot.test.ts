import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { byEmail, DATED, openHubSpot, V3 } from "../support/hubspot-api.ts";

describe("transport", () => {
  it("serves v3 and date-based paths over one store", async () => {
    const { call } = openHubSpot();
    const made = await call("POST", V3, { properties: { email: "ann@example.com" } });
    expect(made.status).toBe(201);
    expect(made.headers.get("location")).toBe(`${V3}/${made.body.id}`);
    expect((await call("GET", `/crm/objects/2026-03/contacts/${made.body.id}`)).body.properties.email).toBe(
      "ann@example.com",
    );
    expect((await call("GET", `${DATED}/${made.body.id}`)).body.id).toBe(made.body.id);
  });

  it("refuses a wrong token, an expired one and a missing scope, each in HubSpot's words", async () => {
    const { simulator, call } = openHubSpot();
    expect(await call("GET", DATED, undefined, "wrong")).toMatchObject({
      status: 401,
      body: { status: "error", category: "INVALID_AUTHENTICATION" },
    });
    simulator.switches.token = "expired";
    expect((await call("GET", DATED)).body.category).toBe("EXPIRED_AUTHENTICATION");
    simulator.switches.token = "valid";
    simulator.switches.scopes = ["crm.objects.contacts.read"];
    expect(await call("POST", DATED, { properties: { firstname: "Ann" } })).toMatchObject({
      status: 403,
      body: {
        category: "MISSING_SCOPES",
        errors: [{ context: { requiredGranularScopes: ["crm.objects.contacts.write"] } }],
      },
    });
    expect(simulator.records()).toEqual([]);
  });

  it("names a correlation id in the header of every answer and in the body of every error", async () => {
    const { call } = openHubSpot();
    expect((await call("GET", DATED)).headers.get("x-hubspot-correlation-id")).toMatch(/^[0-9a-f-]{36}$/);
    const missing = await call("GET", `${DATED}/1`);
    expect(missing.body.correlationId).toBe(missing.headers.get("x-hubspot-correlation-id"));
    expect(missing.headers.get("content-type")).toBe("application/json;charset=utf-8");
  });

  it("refuses a body that is no JSON, or is not said to be", async () => {
    const { call } = openHubSpot();
    const contact = { properties: { firstname: "Ann" } };
    for (const type of ["text/plain", "application/json, application/json"]) {
      expect((await call("POST", DATED, contact, undefined, type)).status).toBe(415);
    }
    expect((await call("POST", DATED, "{oops")).status).toBe(400);
    expect((await call("POST", DATED, "[1]")).status).toBe(400);
  });
});

describe("merging", () => {
  it("makes a new record to which both old ids lead, through several merges", async () => {
    const { call, create, simulator } = openHubSpot();
    const ann = await create({ email: "ann@example.com", firstname: "Ann" });
    const annie = await create({ email: "annie@example.com", firstname: "Annie", company: "Acme" });
    const first = await call("POST", `${DATED}/merge`, { primaryObjectId: ann, objectIdToMerge: annie });
    const bob = await create({ firstname: "Bob" });
    const last = simulator.merge(first.body.id, bob);
    for (const id of [ann, annie, first.body.id, bob]) {
      expect((await call("GET", `${DATED}/${id}`)).body.id).toBe(last);
    }
    const { body } = await call(
      "GET",
      `${DATED}/${ann}?properties=firstname,company,hs_additional_emails,hs_merged_object_ids`,
    );
    expect(body.properties).toMatchObject({
      firstname: "Ann",
      company: "Acme",
      hs_additional_emails: "annie@example.com",
      hs_merged_object_ids: [ann, annie, first.body.id, bob].join(";"),
    });
    expect(simulator.records()).toHaveLength(1);
  });

  it("takes both old ids out of search and puts the survivor in, late", async () => {
    const { create, search, simulator, advance } = openHubSpot();
    const ann = await create({ email: "ann@example.com" });
    const annie = await create({ email: "annie@example.com" });
    advance(4000);
    const survivor = simulator.merge(ann, annie);
    expect(await search(byEmail("annie@example.com"))).toEqual([annie]);
    advance(4000);
    expect(await search(byEmail("annie@example.com"))).toEqual([]);
    expect(await search(byEmail("ann@example.com"))).toEqual([survivor]);
  });

  it("can keep the primary id, and refuses a record with itself", async () => {
    const { call, create, simulator } = openHubSpot({ switches: { mergeKeepsPrimaryId: true } });
    const ann = await create({ firstname: "Ann" });
    const annie = await create({ firstname: "Annie" });
    expect(simulator.merge(ann, annie)).toBe(ann);
    expect((await call("GET", `${DATED}/${annie}`)).body.id).toBe(ann);
    expect((await call("POST", `${DATED}/merge`, { primaryObjectId: ann, objectIdToMerge: annie })).status).toBe(400);
  });
});

describe("rate limits", () => {
  it("counts ten rolling seconds and tells the rest in headers", async () => {
    const { call, advance, simulator } = openHubSpot();
    simulator.switches.callsPerTenSeconds = 2;
    expect((await call("GET", DATED)).headers.get("x-hubspot-ratelimit-remaining")).toBe("1");
    advance(5000);
    await call("GET", DATED);
    expect(await call("GET", DATED)).toMatchObject({
      status: 429,
      body: { errorType: "RATE_LIMIT", policyName: "TEN_SECONDLY_ROLLING" },
    });
    advance(5001);
    expect((await call("GET", DATED)).status).toBe(200);
  });

  it("allows five searches a second, without headers", async () => {
    const { call, advance } = openHubSpot({ switches: { searchesPerSecond: 5 } });
    const search = () => call("POST", `${DATED}/search`, {});
    const [first] = [await search(), await search(), await search(), await search(), await search()];
    expect([...(first?.headers.keys() ?? [])].filter((name) => name.includes("ratelimit"))).toEqual([]);
    expect((await search()).body).toMatchObject({
      policyName: "SECONDLY",
      message: "You have reached your secondly limit.",
    });
    advance(1001);
    expect((await search()).status).toBe(200);
  });

  it("begins the day anew at midnight of the account", async () => {
    const { call, advance, simulator } = openHubSpot({ timeZone: "US/Eastern" });
    simulator.exhaustDailyLimit();
    expect((await call("GET", DATED)).body).toMatchObject({
      policyName: "DAILY",
      message: "You have reached your daily limit.",
    });
    advance(12 * 3_600_000);
    expect((await call("GET", DATED)).status).toBe(429);
    advance(3_600_000);
    expect((await call("GET", DATED)).status).toBe(200);
  });
});

describe("around the API", () => {
  it("stamps many contacts with one millisecond, as HubSpot's batch jobs do", async () => {
    const { create, simulator, advance } = openHubSpot();
    const ids = [await create({ firstname: "Ann" }), await create({ firstname: "Bob" })];
    advance(60_000);
    simulator.runBatchJob(ids);
    expect(new Set(simulator.records().map((record) => record.updatedAt)).size).toBe(1);
  });

  it("names the account", async () => {
    const { call } = openHubSpot({ portalId: 4242 });
    expect((await call("GET", "/account-info/v3/details")).body).toMatchObject({
      portalId: 4242,
      uiDomain: "app.hubspot.com",
    });
    expect((await call("GET", "/account-info/2026-09/details")).status).toBe(200);
  });

  it("plays faults on the API, keeps them in the journal, and leaves the records page alone", async () => {
    const { call, simulator } = openHubSpot();
    simulator.faults.play({ fault: { kind: "status", status: 502, after: true }, times: 1 });
    expect((await call("POST", DATED, { properties: { firstname: "Ann" } })).status).toBe(502);
    expect(simulator.records()).toHaveLength(1);
    expect(simulator.journal.entries).toMatchObject([{ method: "POST", path: DATED, status: 502, fault: "status" }]);
    simulator.faults.play({ fault: { kind: "status", status: 500 } });
    expect((await simulator.app.request("/_records")).status).toBe(200);
    expect(simulator.journal.entries).toHaveLength(1);
  });

  it("remembers its records across a restart", async () => {
    const folder = mkdtempSync(join(tmpdir(), "hubspot-"));
    const file = join(folder, "state.json");
    try {
      const id = await openHubSpot({ file }).create({ email: "ann@example.com" });
      const { call, simulator } = openHubSpot({ file });
      expect((await call("GET", `${DATED}/${id}`)).body.properties.email).toBe("ann@example.com");
      expect((await call("POST", DATED, { properties: { email: "ann@example.com" } })).status).toBe(409);
      simulator.reset();
      expect(openHubSpot({ file }).simulator.records()).toEqual([]);
    } finally {
      rmSync(folder, { recursive: true });
    }
  });
});
