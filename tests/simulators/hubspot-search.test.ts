import { describe, expect, it } from "vitest";
import { type Body, byEmail, DATED, openHubSpot } from "../support/hubspot-api.ts";

describe("search", () => {
  it("does not see a create, a change or an archive before the lag is over", async () => {
    const { call, create, search, advance, simulator } = openHubSpot();
    const id = await create({ email: "ann@example.com" });
    expect(await search(byEmail("ann@example.com"))).toEqual([]);
    advance(4000);
    expect(await search(byEmail("ann@example.com"))).toEqual([id]);
    simulator.edit("contact", id, { firstname: "Ann" });
    const stale = await call("POST", `${DATED}/search`, { filters: byEmail("ann@example.com") });
    expect(stale.body.results[0]?.properties.firstname).toBeNull();
    await call("DELETE", `${DATED}/${id}`);
    expect(await search(byEmail("ann@example.com"))).toEqual([id]);
    advance(4000);
    expect(await search(byEmail("ann@example.com"))).toEqual([]);
  });

  it("never shows an archived contact, not even after a person changed it", async () => {
    const { simulator, search, advance } = openHubSpot();
    const id = simulator.seed("contact", { email: "ann@example.com" });
    simulator.remove("contact", id);
    simulator.edit("contact", id, { firstname: "Ann" });
    advance(4000);
    expect(await search(byEmail("ann@example.com"))).toEqual([]);
  });

  it("sees a seeded contact at once, and can show a later change before an earlier one", async () => {
    const draws = [1, 0];
    const { search, simulator, create, advance } = openHubSpot({ random: () => draws.shift() ?? 0 });
    const seeded = simulator.seed("contact", { email: "seed@example.com" });
    expect(await search(byEmail("seed@example.com"))).toEqual([seeded]);
    draws.splice(0, draws.length, 1, 0);
    const slow = await create({ firstname: "Slow" });
    const quick = await create({ firstname: "Quick" });
    advance(3000);
    const named = [{ propertyName: "firstname", operator: "IN", values: ["slow", "quick"] }];
    expect(await search(named)).toEqual([quick]);
    advance(1000);
    expect(await search(named)).toEqual([slow, quick]);
  });

  it.each([
    ["EQ without case", { propertyName: "firstname", operator: "EQ", value: "aNN" }, true],
    ["IN with a lower-case list", { propertyName: "firstname", operator: "IN", values: ["ann"] }, true],
    ["IN with capitals in the list", { propertyName: "firstname", operator: "IN", values: ["Ann"] }, false],
    ["an option in another case", { propertyName: "hs_lead_status", operator: "EQ", value: "NEW" }, false],
    ["an option as it is", { propertyName: "hs_lead_status", operator: "EQ", value: "new" }, true],
    ["HAS_PROPERTY", { propertyName: "phone", operator: "HAS_PROPERTY" }, true],
    ["NOT_HAS_PROPERTY", { propertyName: "company", operator: "NOT_HAS_PROPERTY" }, true],
    ["a token", { propertyName: "email", operator: "CONTAINS_TOKEN", value: "ann@example.com" }, true],
    ["a wildcard", { propertyName: "phone", operator: "CONTAINS_TOKEN", value: "*0100" }, true],
    ["BETWEEN", { propertyName: "createdate", operator: "BETWEEN", value: "0", highValue: "2000000000000" }, true],
    ["GTE on a date", { propertyName: "lastmodifieddate", operator: "GTE", value: "2026-10-01T15:00:00Z" }, true],
    ["GT on a date", { propertyName: "lastmodifieddate", operator: "GT", value: "2026-10-01T15:00:00Z" }, false],
    ["an unknown property", { propertyName: "nonsense", operator: "EQ", value: "x" }, false],
  ])("matches by %s", async (_what, filter, expected) => {
    const { simulator, search } = openHubSpot();
    const id = simulator.seed("contact", {
      firstname: "Ann",
      email: "mary.ann@example.com",
      hs_lead_status: "new",
      phone: "202-555-0100",
    });
    expect(await search([filter])).toEqual(expected ? [id] : []);
  });

  it("searches names, addresses and phones by free text", async () => {
    const { call, simulator } = openHubSpot();
    simulator.seed("contact", { firstname: "Ann", company: "Acme" });
    simulator.seed("contact", { firstname: "Bob" });
    expect((await call("POST", `${DATED}/search`, { query: "acme" })).body.total).toBe(1);
  });

  it("sorts by one rule and pages with an offset", async () => {
    const { call, simulator } = openHubSpot();
    for (const firstname of ["Cyd", "Ann", "Bob"]) simulator.seed("contact", { firstname });
    const page = async (more: Record<string, unknown>) =>
      (await call("POST", `${DATED}/search`, { limit: 2, ...more })).body;
    const names = (body: Body) => body.results.map((hit) => hit.properties.firstname);
    const first = await page({ sorts: ["firstname"] });
    expect(names(first)).toEqual(["Ann", "Bob"]);
    expect(first).toMatchObject({ total: 3, paging: { next: { after: "2" } } });
    expect(names(await page({ sorts: ["firstname"], after: "2" }))).toEqual(["Cyd"]);
    expect(names(await page({ sorts: [{ propertyName: "firstname", direction: "DESCENDING" }] }))).toEqual([
      "Cyd",
      "Bob",
    ]);
  });

  it.each([
    ["more than 10,000 results", { after: "9900", limit: 200 }],
    ["more than 200 per page", { limit: 201 }],
    ["two sort rules", { sorts: ["email", "phone"] }],
    ["six groups", { filterGroups: Array.from({ length: 6 }, () => ({ filters: byEmail("a@example.com") })) }],
    ["seven filters in a group", { filters: Array.from({ length: 7 }, () => byEmail("a@example.com")[0]) }],
    [
      "19 filters",
      { filterGroups: [6, 6, 6, 1].map((n) => ({ filters: Array(n).fill(byEmail("a@example.com")[0]) })) },
    ],
    ["a body over 3,000 characters", { query: "x".repeat(3000) }],
    ["HAS_PROPERTY with a value", { filters: [{ propertyName: "email", operator: "HAS_PROPERTY", value: "" }] }],
    ["an unknown operator", { filters: [{ propertyName: "email", operator: "LIKE", value: "x" }] }],
  ])("refuses %s", async (_what, body) => {
    const { call } = openHubSpot();
    expect((await call("POST", `${DATED}/search`, body)).status).toBe(400);
  });
});

describe("phones", () => {
  it.each([
    ["513-227-1572", "+15132271572", "5132271572"],
    ["+33 6 55 55 55 55", "+33655555555", "655555555"],
    ["+33 (0)6 55 55 55 55", "+33655555555", "655555555"],
    ["0044 20 7946 0018", "+442079460018", "2079460018"],
    ["+1 (202) 555-0100 ext. 12", "+12025550100", "2025550100"],
    ["00004", null, "4"],
  ])("calculates from %s", async (phone, e164, searchable) => {
    const { call, create } = openHubSpot();
    const id = await create({ firstname: "Ann", phone, mobilephone: phone });
    const names = [
      "phone",
      "hs_calculated_phone_number",
      "hs_searchable_calculated_phone_number",
      "hs_calculated_mobile_number",
      "hs_searchable_calculated_mobile_number",
    ];
    expect((await call("GET", `${DATED}/${id}?properties=${names.join(",")}`)).body.properties).toMatchObject({
      phone,
      hs_calculated_phone_number: e164,
      hs_searchable_calculated_phone_number: searchable,
      hs_calculated_mobile_number: e164,
      hs_searchable_calculated_mobile_number: searchable,
    });
  });
});
