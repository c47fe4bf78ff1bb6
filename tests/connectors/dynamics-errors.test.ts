import { randomUUID } from "node:crypto";
import { describe, expect, it } from "vitest";
import type { ConnectorErrorCode } from "../../server/domain/connector-error.ts";
import { toConnectorError } from "../../server/integrations/dynamics/errors.ts";
import { dynamics } from "../../server/integrations/dynamics/index.ts";
import { createDynamicsSimulator } from "../../server/simulators/dynamics/dynamics-simulator.ts";
import { dynamicsEnvironment } from "../support/dynamics-environment.ts";
import { serveApp } from "../support/serve.ts";

const PROPERTIES = ["firstname", "lastname", "emailaddress1"];
const NOW = Date.parse("2026-03-01T10:00:00Z");

function meaningOf(status: number, code: string | number, message: string) {
  const text = JSON.stringify({ error: { code, message } });
  return toConnectorError({ status, headers: new Headers(), text }, { write: true, now: NOW });
}

describe("what an answer of Dataverse means", () => {
  it.each<[number, string | number, string, ConnectorErrorCode, readonly string[]]>([
    [412, "0x80060882", "The version of the existing record doesn't match.", "version_conflict", []],
    [
      412,
      "",
      "The version of the existing record doesn't match the RowVersion property provided.",
      "version_conflict",
      [],
    ],
    [412, -2147088254, "The version of the existing record doesn't match.", "version_conflict", []],
    [412, "0x80040237", "A record with matching key values already exists.", "duplicate", []],
    [412, "", "A record with matching key values already exists.", "duplicate", []],
    [412, "0x80060892", "A record that has the attribute values already exists.", "duplicate", []],
    [500, "0x80040333", "A record was not created or updated because a duplicate exists.", "duplicate", []],
    [412, "0x80040333", "A record was not created or updated because a duplicate exists.", "duplicate", []],
    [404, "0x80040217", "contact With Id = 1 Does Not Exist", "not_found", []],
    [404, "", "Entity 'contact' With Id = 1 Does Not Exist", "not_found", []],
    [404, "0x80060888", "Resource not found for the segment 'leads'.", "bad_response", []],
    [
      400,
      "0x80044331",
      "The length of the 'subject' attribute of the 'lead' entity exceeded …",
      "invalid_field",
      ["subject"],
    ],
    [400, "0x80060888", "Could not find a property named 'xyz' on type 'mscrm.contact'.", "invalid_field", ["xyz"]],
    [400, "0x0", "Invalid property 'xyz' was found in entity 'Microsoft.Dynamics.CRM.lead'.", "invalid_field", ["xyz"]],
    [
      400,
      "0x8004431A",
      "The value 99 of 'leadsourcecode' on record of type 'lead' is …",
      "invalid_field",
      ["leadsourcecode"],
    ],
    [400, "0x80040265", "Leads need a campaign.", "invalid_field", []],
    [403, "0x80072560", "The user is not a member of the organization.", "forbidden", []],
    [403, "0x80040220", "Principal user is missing prvWriteLead privilege", "forbidden", []],
    [429, "0x80072322", "Number of requests exceeded the limit of 6000.", "rate_limited", []],
    [429, "", "", "rate_limited", []],
    [401, "", "", "auth_expired", []],
    [502, "", "", "unavailable", []],
    [302, "", "", "bad_response", []],
  ])("%i %s “%s” is %s", (status, code, message, expected, properties) => {
    expect(meaningOf(status, code, message)).toMatchObject({ code: expected, properties });
  });

  it.each([
    [403, "0x80040220", "Principal user is missing prvWriteLead privilege", "prvWriteLead"],
    [400, "0x80040265", "Leads need a campaign.", "Leads need a campaign."],
    [403, "0x80072560", "The user is not a member of the organization.", "application user"],
  ])("%i %s tells a person what to do: %s", (status, code, message, told) => {
    expect(meaningOf(status, code, message).message).toContain(told);
  });

  it("leaves open whether a failed write happened, and nothing else", () => {
    const answer = { status: 503, headers: new Headers({ "retry-after": "5" }), text: "<h1>Busy</h1>" };
    expect(toConnectorError(answer, { write: true, now: NOW })).toMatchObject({
      outcome: "unknown",
      retryAfterMs: 5000,
    });
    expect(toConnectorError(answer, { write: false, now: NOW })).toMatchObject({ outcome: "none" });
    expect(meaningOf(500, "0x80040333", "duplicate")).toMatchObject({ outcome: "none" });
  });
});

describe("the connector when Dynamics 365 misbehaves", () => {
  it.each(["requests", "time", "concurrency"] as const)("waits as told at the limit of %s", async (limit) => {
    const { simulator, connector } = dynamicsEnvironment();
    simulator.throttle(limit, { retryAfterSeconds: 12 });
    const find = connector.findContacts({ email: "ann@example.com" }, PROPERTIES);
    await expect(find).rejects.toMatchObject({ code: "rate_limited", retryAfterMs: 12_000 });
  });

  it("asks for a new token once when the API refuses the one it has", async () => {
    const { simulator, connector } = dynamicsEnvironment();
    const ref = { object: "contact", externalId: simulator.seed("contact", { lastname: "Lee" }) };
    await connector.getContact(ref, PROPERTIES);
    simulator.entra.expireTokens();
    simulator.journal.clear();
    expect(await connector.getContact(ref, PROPERTIES)).toMatchObject({ kind: "found" });
    expect(simulator.journal.entries.map((entry) => entry.status)).toEqual([401, 200]);
    expect(simulator.entra.journal.entries).toHaveLength(2);
  });

  it("gives up as auth_expired when the new token is refused too", async () => {
    const { simulator, connector } = dynamicsEnvironment();
    simulator.faults.play({ fault: { kind: "status", status: 401 } });
    const read = connector.getContact({ object: "lead", externalId: randomUUID() }, PROPERTIES);
    await expect(read).rejects.toMatchObject({ code: "auth_expired", outcome: "none" });
    expect(simulator.journal.entries).toHaveLength(2);
  });

  it("says so when the application is not a user of the environment", async () => {
    const { simulator, connector } = dynamicsEnvironment();
    simulator.entra.setApplicationUser(false);
    await expect(connector.checkConnection()).rejects.toMatchObject({ code: "forbidden" });
  });

  it("makes one lead when the connection breaks after the create was done", async () => {
    const tenantId = randomUUID();
    const credentials = { clientId: randomUUID(), clientSecret: randomUUID() };
    const simulator = createDynamicsSimulator({ tenantId, ...credentials });
    const served = await serveApp(simulator.app);
    try {
      const settings = dynamics.settings.parse({
        environmentUrl: served.url,
        tenantId,
        tokenUrl: `${served.url}/${tenantId}/oauth2/v2.0/token`,
      });
      const connector = dynamics.createConnector({ settings, credentials, facts: {}, now: Date.now, http: {} });
      const [values, key] = [{ lastname: "Lee", emailaddress1: "ann@example.com" }, randomUUID()];
      simulator.faults.play({ fault: { kind: "reset", after: true }, times: 1 });
      const lost = connector.createContact(values, key, PROPERTIES);
      await expect(lost).rejects.toMatchObject({ code: "unavailable", outcome: "unknown" });
      expect(await connector.createContact(values, key, PROPERTIES)).toMatchObject({ externalId: key });
      expect(simulator.records()).toHaveLength(1);
    } finally {
      await served.close();
    }
  });

  it("gives up on an answer that never ends, and takes none that is not Dataverse's", async () => {
    const { simulator, connector } = dynamicsEnvironment();
    const ref = { object: "contact", externalId: simulator.seed("contact", { lastname: "Lee" }) };
    const nonsense = [
      JSON.stringify({ padding: "x".repeat(6 * 1024 * 1024) }),
      JSON.stringify({ "@odata.etag": 7, statecode: "open" }),
      JSON.stringify([]),
    ];
    for (const body of nonsense) {
      simulator.faults.play({ fault: { kind: "body", body }, times: 1 });
      await expect(connector.getContact(ref, PROPERTIES)).rejects.toMatchObject({ code: "bad_response" });
    }
  });
});

describe("the addresses of a Dynamics 365 connection", () => {
  const usesVendorHosts = (settings: Record<string, string>) =>
    dynamics.usesVendorHosts(dynamics.settings.parse({ tenantId: "contoso.onmicrosoft.com", ...settings }));

  it.each([
    ["https://contoso.crm.dynamics.com", undefined, true],
    ["https://contoso.api.crm4.dynamics.com/", undefined, true],
    ["https://contoso.crm.microsoftdynamics.us", "https://login.microsoftonline.us/t/oauth2/v2.0/token", true],
    ["https://contoso.crm.dynamics.cn", "https://login.partner.microsoftonline.cn/t/oauth2/v2.0/token", true],
    ["http://contoso.crm.dynamics.com", undefined, false],
    ["https://contoso.crm.dynamics.com:8443", undefined, false],
    ["https://crm.dynamics.com.example.test", undefined, false],
    ["https://127.0.0.1", undefined, false],
    ["https://contoso.crm.dynamics.com", "https://login.example.test/t/oauth2/v2.0/token", false],
  ])("%s with token address %s: %s", (environmentUrl, tokenUrl, expected) => {
    expect(usesVendorHosts({ environmentUrl, ...(tokenUrl && { tokenUrl }) })).toBe(expected);
  });

  it("take what people paste, and open records in the app", () => {
    const settings = dynamics.settings.parse({
      environmentUrl: "https://contoso.api.crm.dynamics.com/main.aspx?appid=1#top",
      tenantId: "contoso.onmicrosoft.com",
      tokenUrl: "",
    });
    expect(settings).toMatchObject({
      environmentUrl: "https://contoso.api.crm.dynamics.com",
      appUrl: "https://contoso.crm.dynamics.com",
      tokenUrl: "https://login.microsoftonline.com/contoso.onmicrosoft.com/oauth2/v2.0/token",
    });
    const credentials = { clientId: "id", clientSecret: "secret" };
    const connector = dynamics.createConnector({ settings, credentials, facts: {}, now: Date.now, http: {} });
    const id = randomUUID();
    expect(connector.recordUrl({ object: "lead", externalId: id })).toBe(
      `https://contoso.crm.dynamics.com/main.aspx?etn=lead&pagetype=entityrecord&id=${id}`,
    );
  });
});
