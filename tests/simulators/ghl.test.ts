import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { SANDBOX } from "../../server/simulators/ghl/rate-limit.ts";
import { ann, LOCATION, openGhlSimulator } from "./ghl-client.ts";

describe("HighLevel simulator, access", () => {
  it.each([
    [{ version: "" }, 401, "version header was not found."],
    [{ version: "bogus-version" }, 400, "Invalid API version segment 'bogus-version' at position 0"],
    [{ authorization: "" }, 401, "Invalid JWT"],
    [{ authorization: "Bearer expired" }, 401, "Invalid token: access token is invalid"],
    [{ authorization: "Bearer agency" }, 401, "The token is not authorized for this scope."],
    [{ authorization: "Bearer read-only" }, 401, "The token is not authorized for this scope."],
    [{ authorization: "Bearer other" }, 403, "The token does not have access to this location."],
  ])("answers %j with %i %s", async (headers, status, message) => {
    const { simulator, ask } = openGhlSimulator();
    simulator.addToken({ token: "expired", kind: "oauth", locationId: LOCATION, expired: true });
    simulator.addToken({ token: "agency", kind: "agency", locationId: LOCATION });
    simulator.addToken({ token: "read-only", kind: "pit", locationId: LOCATION, scopes: ["contacts.readonly"] });
    simulator.addToken({ token: "other", kind: "pit", locationId: "otherLocation0000001" });
    const answer = await ask("POST", "/contacts/", { locationId: LOCATION }, headers);
    expect(answer).toMatchObject({ status, json: { statusCode: status, message } });
    expect(answer.json.traceId).toMatch(/^[0-9a-f-]{36}$/);
  });

  it("refuses another location's id with a good token", async () => {
    const { ask } = openGhlSimulator();
    expect(await ask("POST", "/contacts/", { locationId: "otherLocation0000001" })).toMatchObject({ status: 403 });
    expect(await ask("GET", "/locations/otherLocation0000001")).toMatchObject({ status: 403 });
  });

  it("counts requests, says so in six headers, and refuses the one too many until the window is over", async () => {
    const { ask, advance } = openGhlSimulator({ rateLimit: SANDBOX });
    for (let call = 0; call < 25; call += 1) await ask("GET", `/locations/${LOCATION}`);
    const refused = await ask("GET", `/locations/${LOCATION}`);
    expect(refused.status).toBe(429);
    expect(Object.fromEntries(refused.headers)).toMatchObject({
      "x-ratelimit-max": "25",
      "x-ratelimit-remaining": "0",
      "x-ratelimit-interval-milliseconds": "10000",
      "x-ratelimit-limit-daily": "10000",
      "x-ratelimit-daily-remaining": "9975",
      "x-ratelimit-daily-reset": "86400000",
    });
    advance(10_000);
    expect(await ask("GET", `/locations/${LOCATION}`)).toMatchObject({ status: 200 });
  });
});

describe("HighLevel simulator, for people", () => {
  it("keeps its contacts, notes and index in a file", async () => {
    const folder = mkdtempSync(join(tmpdir(), "ghl-simulator-"));
    const file = join(folder, "ghl.json");
    const first = openGhlSimulator({ file });
    const id = (await first.create(ann)).json.contact?.id;
    await first.ask("POST", `/contacts/${id}/notes`, { body: "kept" });
    const second = openGhlSimulator({ file });
    expect(second.simulator.records()).toEqual(first.simulator.records());
    expect(second.simulator.records()).toMatchObject([{ id, notes: ["kept"] }]);
    second.advance(12_000);
    expect((await second.search()).json.total).toBe(1);
    rmSync(folder, { recursive: true });
  });

  it("lets a person change a contact on the records page, which is no API call", async () => {
    const { simulator } = openGhlSimulator();
    const id = simulator.seed("contact", ann);
    const page = await (await simulator.app.request("/_records")).text();
    expect(page).toContain("Ann@example.com");
    const body = new URLSearchParams({ "value:firstName": "Anna" });
    const headers = { origin: "http://localhost", "content-type": "application/x-www-form-urlencoded" };
    await simulator.app.request(`/_records/contact/${id}`, { method: "POST", body, headers });
    expect(simulator.record("contact", id)?.values.firstName).toBe("Anna");
    expect(simulator.journal.entries).toEqual([]);
  });

  it("knows no fields but HighLevel's", () => {
    expect(() => openGhlSimulator().simulator.seed("contact", { shoeSize: "9" })).toThrow("shoeSize");
  });
});
