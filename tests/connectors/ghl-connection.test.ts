import { describe, expect, it } from "vitest";
import type { ConnectorErrorCode } from "../../server/domain/connector-error.ts";
import { ghl } from "../../server/integrations/ghl/index.ts";
import { openGhlAccount as open, refusal } from "./ghl-account.ts";

const PROPERTIES = ["firstName", "lastName", "email", "phone"];
const ann = { firstName: "Ann", lastName: "Lee", email: "ann@example.com", phone: "+12025550101" };

const contact = (externalId: string) => ({ object: "contact", externalId });

describe("HighLevel, refusals", () => {
  const answers: readonly [status: number, message: string, ConnectorErrorCode][] = [
    [400, "Contact with id x not found", "not_found"],
    [404, "Not Found", "not_found"],
    [401, "Invalid JWT", "auth_expired"],
    [401, "Invalid token: access token is invalid", "auth_expired"],
    [401, "The token is not authorized for this scope.", "forbidden"],
    [401, "Token's user type mismatch!", "forbidden"],
    [401, "This authClass type is not allowed to access this scope.", "forbidden"],
    [401, "version header was not found.", "bad_response"],
    [401, "Command timed out", "unavailable"],
    [403, "The token does not have access to this location.", "forbidden"],
    [422, "LocationId can't be undefined", "invalid_field"],
    [500, "Internal Server Error", "unavailable"],
    [302, "Found", "bad_response"],
  ];
  it.each(answers)(
    "takes %i %s for %s, and passes the reason on, of a refused token with what to do",
    async (status, message, code) => {
      const { simulator, connector } = await open();
      const ref = contact(simulator.seed("contact", ann));
      simulator.faults.play({ fault: refusal(status, message), times: 1 });
      const update = connector.updateContact(ref, { lastName: "Ray" }, null, PROPERTIES);
      const todo = code === "auth_expired" ? ". Save a new token in this connection, or authorize it again." : "";
      await expect(update).rejects.toMatchObject({ code, status, message: `HighLevel: ${message}${todo}` });
    },
  );

  it.each([
    [
      "a list of reasons",
      ["firstName must be a string", "city must be a string"],
      "firstName must be a string; city must be a string",
    ],
    ["an envelope of newer endpoints", undefined, "The contact is locked."],
  ])("tells the reason in %s", async (_form, message, told) => {
    const { simulator, connector } = await open();
    const ref = contact(simulator.seed("contact", ann));
    const body = message
      ? { statusCode: 422, message }
      : { error: { code: "locked", message: "The contact is locked." } };
    simulator.faults.play({ fault: { kind: "status", status: 422, body: JSON.stringify(body) }, times: 1 });
    const update = connector.updateContact(ref, { lastName: "Ray" }, null, PROPERTIES);
    const properties = message ? ["firstName", "city"] : [];
    await expect(update).rejects.toMatchObject({ code: "invalid_field", message: `HighLevel: ${told}`, properties });
  });

  it("believes no contact of another location", async () => {
    const { simulator, connector } = await open();
    const body = JSON.stringify({ contact: { id: "x", locationId: "otherLocation0000001", email: "ann@example.com" } });
    simulator.faults.play({ fault: { kind: "body", body, contentType: "application/json" }, times: 1 });
    await expect(connector.getContact(contact("x"), PROPERTIES)).rejects.toMatchObject({ code: "forbidden" });
  });

  it("waits as long as a burst window is", async () => {
    const { simulator, connector } = await open({ rateLimit: { burst: 1, intervalMs: 7_000, daily: 100 } });
    const read = () => connector.getContact(contact(simulator.seed("contact", ann)), PROPERTIES);
    await read();
    await expect(read()).rejects.toMatchObject({ code: "rate_limited", retryAfterMs: 7_000 });
  });

  it("waits for the next burst window, or for the next day when the day is used up", async () => {
    const rateLimit = { burst: 2, intervalMs: 10_000, daily: 3 };
    const { simulator, connector, advance } = await open({ rateLimit });
    const read = () => connector.getContact(contact(simulator.seed("contact", ann)), PROPERTIES);
    await read();
    await read();
    await expect(read()).rejects.toMatchObject({ code: "rate_limited", retryAfterMs: 10_000 });
    advance(10_000);
    await read();
    await expect(read()).rejects.toMatchObject({ code: "rate_limited", retryAfterMs: 86_390_000 });
  });

  it("hides the token when an answer quotes it", async () => {
    const { simulator, connector, token } = await open();
    simulator.faults.play({ fault: refusal(401, `Invalid token ${token}`), times: 1 });
    const read = connector.getContact(contact("x"), PROPERTIES);
    const message = "HighLevel: Invalid token …. Save a new token in this connection, or authorize it again.";
    await expect(read).rejects.toMatchObject({ code: "auth_expired", message });
  });
});

describe("HighLevel, the connection", () => {
  it("tells the location and its duplicate rule", async () => {
    const { connector } = await open({ locationName: "Example Dental", contactUniqueIdentifiers: ["phone", "email"] });
    expect(await connector.checkConnection()).toEqual({
      accountId: "demoLocation00000001",
      accountName: "Example Dental",
      facts: {
        allowDuplicateContact: false,
        contactUniqueIdentifiers: ["phone", "email"],
        country: "US",
        timezone: "America/New_York",
      },
    });
  });

  it.each([
    ["of the agency", { kind: "agency", locationId: "demoLocation00000001" }],
    ["of another location", { kind: "pit", locationId: "otherLocation0000001" }],
    ["without contact scopes", { kind: "pit", locationId: "demoLocation00000001", scopes: ["locations.readonly"] }],
  ] as const)("refuses a token %s", async (_which, token) => {
    const { simulator, connector, token: own } = await open();
    simulator.addToken({ ...token, token: own });
    await expect(connector.checkConnection()).rejects.toMatchObject({ code: "forbidden" });
  });

  it("links to the vendor's app, or to a white-label one", async () => {
    const linkFor = (settings: Record<string, string>) =>
      ghl
        .createConnector({
          settings: ghl.settings.parse({ locationId: "demoLocation00000001", ...settings }),
          credentials: { token: "pit-x" },
          facts: {},
          now: () => 0,
          http: {},
        })
        .recordUrl(contact("abc"));
    const path = "/v2/location/demoLocation00000001/contacts/detail/abc";
    expect(linkFor({ appUrl: "" })).toBe(`https://app.gohighlevel.com${path}`);
    expect(linkFor({ appUrl: "https://app.agency.example.com/" })).toBe(`https://app.agency.example.com${path}`);
  });

  it.each([
    ["https://services.leadconnectorhq.com", true],
    ["http://services.leadconnectorhq.com", false],
    ["https://services.leadconnectorhq.com.example.test", false],
    ["https://services.leadconnectorhq.com:8443", false],
    ["http://127.0.0.1:8080", false],
  ])("takes %s for the vendor's host: %s", (baseUrl, expected) => {
    expect(ghl.usesVendorHosts(ghl.settings.parse({ locationId: "demoLocation00000001", baseUrl }))).toBe(expected);
  });

  it.each([
    { locationId: "../agency/token00000" },
    { locationId: "demoLocation00000001", appUrl: "javascript:alert(1)" },
    { locationId: "" },
  ])("refuses the settings %j", (settings) => {
    expect(ghl.settings.safeParse(settings).success).toBe(false);
  });
});
