import { describe, expect, it } from "vitest";
import type { Fault } from "../../server/simulators/kit/faults.ts";
import { createHubSpotRig } from "../support/hubspot.ts";

const PROPERTIES = ["firstname", "email"];

function refusal(status: number, body: Record<string, unknown>, headers: Record<string, string> = {}): Fault {
  const text = JSON.stringify({ status: "error", correlationId: "c-1", ...body });
  return { kind: "status", status, body: text, contentType: "application/json;charset=utf-8", headers };
}

describe("what HubSpot refuses", () => {
  it.each<[string, Fault, Record<string, unknown>]>([
    [
      "a token without a category",
      refusal(401, { message: "no" }),
      { code: "auth_expired", message: expect.stringMatching(/^HubSpot refused the token\. Save a new/) },
    ],
    [
      "a missing scope, by its name",
      refusal(403, {
        message: "This app hasn't been granted all required scopes to make this call.",
        category: "MISSING_SCOPES",
        errors: [{ message: "…", context: { requiredGranularScopes: ["crm.objects.contacts.write"] } }],
      }),
      { code: "forbidden", message: expect.stringContaining("crm.objects.contacts.write") },
    ],
    [
      "another 403, in HubSpot's words",
      refusal(403, { message: "This account is banned.", category: "BANNED" }),
      { code: "forbidden", message: expect.stringContaining("This account is banned.") },
    ],
    ["a 403 page of a proxy", { kind: "status", status: 403, body: "<html>no</html>" }, { code: "bad_response" }],
    ["a 404 page of a proxy", { kind: "status", status: 404, body: "<html>no</html>" }, { code: "bad_response" }],
    ["a locked record", refusal(423, { message: "locked" }), { code: "rate_limited", retryAfterMs: 2000 }],
    [
      "an account on the move",
      refusal(477, { message: "migration" }, { "retry-after": "7200" }),
      { code: "rate_limited", retryAfterMs: 7_200_000 },
    ],
    [
      "a burst",
      refusal(429, { message: "…", policyName: "TEN_SECONDLY_ROLLING" }),
      { code: "rate_limited", retryAfterMs: 10_000 },
    ],
    [
      "a search too many",
      refusal(429, { message: "…", policyName: "SECONDLY" }),
      { code: "rate_limited", retryAfterMs: 1000 },
    ],
    [
      "a call over the day's limit until midnight of the account",
      refusal(429, { message: "…", policyName: "DAILY" }),
      { code: "rate_limited", retryAfterMs: 13 * 3_600_000, message: expect.stringContaining("US/Eastern") },
    ],
    [
      "a 429 that says how long",
      refusal(429, { message: "…", policyName: "DAILY" }, { "retry-after": "3" }),
      { code: "rate_limited", retryAfterMs: 3000 },
    ],
    ["a 429 without a body", { kind: "status", status: 429 }, { code: "rate_limited", retryAfterMs: 10_000 }],
    [
      "an address that HubSpot finds too long",
      refusal(414, { message: "URI Too Long" }),
      { code: "invalid_field", message: expect.stringContaining("URI Too Long") },
    ],
    [
      "a gateway's page",
      { kind: "status", status: 502, body: "<html>Bad gateway</html>" },
      { code: "unavailable", status: 502 },
    ],
    ["Cloudflare's own code", { kind: "status", status: 524 }, { code: "unavailable" }],
    [
      "a pause",
      { kind: "status", status: 503, headers: { "retry-after": "20" } },
      { code: "unavailable", retryAfterMs: 20_000 },
    ],
    [
      "a redirect",
      { kind: "status", status: 302, headers: { location: "http://127.0.0.1/" } },
      { code: "bad_response" },
    ],
    ["nothing at all", { kind: "body", body: "" }, { code: "bad_response" }],
    ["null", { kind: "body", body: "null" }, { code: "bad_response" }],
    ["an id of the wrong type", { kind: "body", body: '{"id":1,"properties":{}}' }, { code: "bad_response" }],
    [
      "a value of the wrong type",
      { kind: "body", body: '{"id":"1","properties":{"email":{}}}' },
      { code: "bad_response" },
    ],
    ["100,000 brackets", { kind: "body", body: "[".repeat(100_000) }, { code: "bad_response" }],
  ])("is told as what it is: %s", async (_what, fault, expected) => {
    const { connector, simulator } = createHubSpotRig();
    const externalId = simulator.seed("contact", { email: "ann@example.com" });
    simulator.faults.play({ fault });
    const read = connector.getContact({ object: "contact", externalId }, PROPERTIES);
    await expect(read).rejects.toMatchObject({ name: "ConnectorError", outcome: "none", ...expected });
  });

  it("carries HubSpot's correlation id for support", async () => {
    const { connector, simulator } = createHubSpotRig();
    simulator.faults.play({ fault: refusal(500, {}, { "x-hubspot-correlation-id": "c-42" }) });
    await expect(connector.checkConnection()).rejects.toMatchObject({ requestId: "c-42", status: 500 });
  });

  it("does not let an answer reach into the prototype of objects", async () => {
    const { connector, simulator } = createHubSpotRig();
    const body = '{"id":"7","properties":{"__proto__":{"isAdmin":"yes"},"constructor":"x","email":"ann@example.com"}}';
    simulator.faults.play({ fault: { kind: "body", body } });
    const [found] = await connector.findContacts({ email: "ann@example.com" }, ["email", "__proto__"]);
    expect(found).toMatchObject({ externalId: "7", values: { email: "ann@example.com" } });
    expect(Object.getPrototypeOf(found?.values)).toBe(Object.prototype);
    expect("isAdmin" in {}).toBe(false);
  });

  it("names a token that has expired", async () => {
    const { connector, simulator } = createHubSpotRig({ switches: { token: "expired" } });
    await expect(connector.checkConnection()).rejects.toMatchObject({
      code: "auth_expired",
      message: expect.stringContaining("says the token has expired"),
    });
    expect(simulator.journal.entries).toHaveLength(1);
  });
});

describe("what HubSpot refuses to write", () => {
  it("names every bad property, in HubSpot's own words, and writes none", async () => {
    const { connector, simulator } = createHubSpotRig();
    const ref = { object: "contact", externalId: simulator.seed("contact", { firstname: "Ann" }) };
    const changes = { firstname: "Anna", email: "nonsense", hs_lead_status: "dreaming", nonsense: "x" };
    await expect(connector.updateContact(ref, changes, null, PROPERTIES)).rejects.toMatchObject({
      code: "invalid_field",
      outcome: "none",
      properties: ["email", "hs_lead_status", "nonsense"],
      message: expect.stringMatching(
        /Email address nonsense is invalid; dreaming was not one of the allowed options: .*; Property "nonsense" does not exist/,
      ),
    });
    expect(simulator.record("contact", ref.externalId)?.values.firstname).toBe("Ann");
  });

  it("names the property an admin made required", async () => {
    const { connector } = createHubSpotRig({ switches: { requiredOnCreate: ["company"] } });
    await expect(connector.createContact({ email: "ann@example.com" }, "key", PROPERTIES)).rejects.toMatchObject({
      code: "invalid_field",
      properties: ["company"],
      message: expect.stringContaining('Property "company" is required.'),
    });
  });

  it("tells HubSpot's reason when no property is to blame", async () => {
    const { connector } = createHubSpotRig();
    await expect(connector.createContact({}, "key", PROPERTIES)).rejects.toMatchObject({
      code: "invalid_field",
      properties: [],
      message: expect.stringContaining("at least one of these properties"),
    });
  });

  it("takes somebody known by phone alone, under the number", async () => {
    const { connector, simulator } = createHubSpotRig();
    const created = await connector.createContact({ phone: "+12025550101" }, "key", PROPERTIES);
    expect(simulator.record("contact", created.externalId)?.values).toMatchObject({
      lastname: "+12025550101",
      phone: "+12025550101",
    });
  });

  it("is not told of values that are blank, which would clear them", async () => {
    const sent: unknown[] = [];
    const { connector, simulator } = createHubSpotRig(
      {},
      {
        fetch: async (url, request) => {
          sent.push(JSON.parse(String(request.body)));
          return await simulator.app.request(url.href, request);
        },
      },
    );
    await connector.createContact({ email: "ann@example.com", company: null, jobtitle: "" }, "key", PROPERTIES);
    expect(sent).toEqual([{ properties: { email: "ann@example.com" } }]);
  });

  it("names the record that has the email, as first or as additional address", async () => {
    const { connector, simulator } = createHubSpotRig();
    const ann = simulator.seed("contact", { email: "ann@example.com" });
    const survivor = simulator.merge(ann, simulator.seed("contact", { email: "annie@example.com" }));
    for (const email of ["Ann@example.com", "annie@example.com"]) {
      await expect(connector.createContact({ email }, "key", PROPERTIES)).rejects.toMatchObject({
        code: "duplicate",
        existingId: survivor,
      });
    }
    const bob = { object: "contact", externalId: simulator.seed("contact", { email: "bob@example.com" }) };
    await expect(connector.updateContact(bob, { email: "ann@example.com" }, null, PROPERTIES)).rejects.toMatchObject({
      code: "duplicate",
      existingId: survivor,
    });
    expect(simulator.records()).toHaveLength(2);
  });

  it("takes a 409 that names no record for a duplicate all the same", async () => {
    const { connector, simulator } = createHubSpotRig();
    simulator.faults.play({ fault: refusal(409, { message: "Conflict", category: "CONFLICT" }) });
    const create = connector.createContact({ email: "ann@example.com" }, "key", PROPERTIES);
    await expect(create).rejects.toMatchObject({ code: "duplicate", existingId: undefined });
  });

  it("counts searches per second and says how long to wait", async () => {
    const { connector, simulator } = createHubSpotRig({ switches: { searchesPerSecond: 0 } });
    await expect(connector.findContacts({ email: "ann@example.com" }, PROPERTIES)).rejects.toMatchObject({
      code: "rate_limited",
      retryAfterMs: 1000,
    });
    simulator.exhaustDailyLimit();
    await expect(connector.checkConnection()).rejects.toMatchObject({ retryAfterMs: 13 * 3_600_000 });
  });
});
