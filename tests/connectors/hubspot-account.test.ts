import { describe, expect, it } from "vitest";
import { ConnectorError } from "../../server/domain/connector-error.ts";
import { hubspot } from "../../server/integrations/hubspot/index.ts";
import { createHubSpotRig, FACTS, TOKEN } from "../support/hubspot.ts";

const NOTE = { body: "Hello\nTom & <b>Jerry</b>", at: "2026-10-01T15:00:00Z" };

function connectorWith(baseUrl: string, facts: Record<string, unknown>) {
  const settings = hubspot.settings.parse({ baseUrl });
  return hubspot.createConnector({ settings, credentials: { token: TOKEN }, facts, now: Date.now, http: {} });
}

describe("a HubSpot account", () => {
  it("is named by its connection test, which also proves that contacts can be read", async () => {
    const { connector, simulator } = createHubSpotRig({ portalId: 4242 });
    expect(await connector.checkConnection()).toEqual({
      accountId: "4242",
      accountName: "HubSpot account 4242",
      facts: { portalId: 4242, uiDomain: "app.hubspot.com", timeZone: "US/Eastern" },
    });
    simulator.switches.scopes = ["crm.schemas.contacts.read"];
    await expect(connector.checkConnection()).rejects.toMatchObject({
      code: "forbidden",
      message: expect.stringContaining("crm.objects.contacts.read"),
    });
  });

  it.each([
    ["https://api.hubapi.com", FACTS, "https://app.hubspot.com/contacts/891936587/record/0-1/77"],
    [
      "https://api.hubapi.com",
      { ...FACTS, uiDomain: "app-eu1.hubspot.com" },
      "https://app-eu1.hubspot.com/contacts/891936587/record/0-1/77",
    ],
    ["https://api.hubapi.com", { ...FACTS, uiDomain: "app.hubspot.com.evil.test" }, null],
    ["https://api.hubapi.com", { ...FACTS, portalId: "1/../2" }, null],
    ["https://api.hubapi.com", {}, null],
    ["http://127.0.0.1:4001", FACTS, "http://127.0.0.1:4001/contacts/891936587/record/0-1/77"],
  ])("has a contact's page at %s with facts %j", (baseUrl, facts, url) => {
    expect(connectorWith(baseUrl, facts).recordUrl({ object: "contact", externalId: "77" })).toBe(url);
  });

  it.each([
    ["https://api.hubapi.com", true],
    ["https://api-eu1.hubapi.com", true],
    ["http://api.hubapi.com", false],
    ["https://api.hubapi.com:8443", false],
    ["https://api.hubapi.com@127.0.0.1", false],
    ["https://api.hubapi.com.evil.test", false],
    ["https://127.0.0.1", false],
    ["http://[::1]:4001", false],
    ["http://169.254.169.254", false],
  ])("takes %s for HubSpot's own host: %s", (baseUrl, expected) => {
    expect(hubspot.usesVendorHosts(hubspot.settings.parse({ baseUrl }))).toBe(expected);
  });

  it("goes to HubSpot's API by itself and takes no token that could not be sent", () => {
    expect(hubspot.settings.parse({})).toEqual({ baseUrl: "https://api.hubapi.com" });
    expect(hubspot.settings.safeParse({ baseUrl: "file:///etc/passwd" }).success).toBe(false);
    expect(hubspot.credentials.parse({ token: ` ${TOKEN}\n` })).toEqual({ token: TOKEN });
    for (const token of ["", "  ", "two words", "a\r\nb", "schlüssel"]) {
      expect(hubspot.credentials.safeParse({ token }).success).toBe(false);
    }
  });

  it("describes fields to map: hidden ones are left out, read-only ones marked, options listed", async () => {
    const { connector, simulator } = createHubSpotRig();
    const options = [
      { value: "a", label: "A", hidden: false, displayOrder: 0 },
      { value: "z", label: "Old", hidden: true, displayOrder: 1 },
    ];
    simulator.defineProperty({ name: "plans", label: "Plans", type: "enumeration", fieldType: "checkbox", options });
    simulator.defineProperty({ name: "vip", label: "VIP", type: "enumeration", fieldType: "booleancheckbox", options });
    const fields = await connector.describeFields("contact");
    const find = (property: string) => fields.find((field) => field.property === property);
    expect(find("email")).toMatchObject({ type: "email", writable: true, custom: false, maxLength: 65_536 });
    expect(find("phone")).toMatchObject({ type: "phone" });
    expect(find("plans")).toMatchObject({ type: "options", custom: true, options: [{ value: "a", label: "A" }] });
    expect(find("vip")).toMatchObject({ type: "boolean" });
    expect(find("closedate")).toMatchObject({ type: "datetime", maxLength: null });
    expect(find("hubspot_owner_id")).toMatchObject({ type: "option", options: [], writable: true });
    expect(find("createdate")).toMatchObject({ writable: false });
    expect(find("hs_searchable_calculated_phone_number")).toBeUndefined();
  });

  it("reports every call without query, token or address in it", async () => {
    const reports: unknown[] = [];
    const { connector } = createHubSpotRig({}, { onCall: (report) => reports.push(report) });
    await connector.checkConnection();
    expect(reports).toMatchObject([
      { method: "GET", path: "/account-info/2026-09/details", status: 200, requestId: expect.stringMatching(/\S/) },
      { method: "GET", path: "/crm/objects/2026-09/contacts", status: 200 },
    ]);
    expect(JSON.stringify(reports)).not.toContain(TOKEN);
  });
});

describe("notes in HubSpot", () => {
  it("are inert HTML that keeps the lines", async () => {
    const { connector, simulator } = createHubSpotRig();
    const ref = { object: "contact", externalId: simulator.seed("contact", { firstname: "Ann" }) };
    await connector.addNote(ref, NOTE, "key-1");
    expect(simulator.record("contact", ref.externalId)?.notes[0]).toBe(
      "Hello<br>Tom &amp; &lt;b&gt;Jerry&lt;/b&gt;<br><br>Rolodesk note key-1",
    );
  });

  it("are cut to what HubSpot takes, never inside an escape, and say so", async () => {
    const { connector, simulator } = createHubSpotRig();
    const ref = { object: "contact", externalId: simulator.seed("contact", { firstname: "Ann" }) };
    await connector.addNote(ref, { ...NOTE, body: "<😀".repeat(20_000) }, "key-1");
    const [body = ""] = simulator.record("contact", ref.externalId)?.notes ?? [];
    expect(body.length).toBeLessThanOrEqual(65_536);
    expect(body).toMatch(/^(&lt;😀)+(&lt;)?<br>\[The rest is in Rolodesk\]<br><br>Rolodesk note key-1$/u);
  });

  it("are found again after a lost answer, on the contact that a merge made", async () => {
    const { connector, simulator } = createHubSpotRig();
    const ref = { object: "contact", externalId: simulator.seed("contact", { firstname: "Ann" }) };
    const lost = { kind: "status", status: 504, after: true } as const;
    simulator.faults.play({ fault: lost, times: 1, match: ({ path }) => path.endsWith("/notes") });
    const first = await connector.addNote(ref, NOTE, "key-1").catch((error: unknown) => error);
    expect(first).toBeInstanceOf(ConnectorError);
    expect(first).toMatchObject({ code: "unavailable", outcome: "unknown" });
    const survivor = simulator.merge(ref.externalId, simulator.seed("contact", { firstname: "Bob" }));
    await connector.addNote(ref, NOTE, "key-1");
    expect(simulator.record("contact", survivor)?.notes).toHaveLength(1);
  });

  it("cost two calls on a contact without notes, and one more when there are some", async () => {
    const { connector, simulator, calls, forget } = createHubSpotRig();
    const ref = { object: "contact", externalId: simulator.seed("contact", { firstname: "Ann" }) };
    await connector.addNote(ref, NOTE, "key-1");
    expect(calls()).toHaveLength(2);
    forget();
    await connector.addNote(ref, NOTE, "key-2");
    expect(calls()).toHaveLength(3);
  });
});
