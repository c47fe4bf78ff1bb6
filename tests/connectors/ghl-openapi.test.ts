import { randomUUID } from "node:crypto";
import { join, resolve } from "node:path";
import { describe, expect, it } from "vitest";
import type { FieldDescription, FieldValue } from "../../server/domain/connector.ts";
import { ghl } from "../../server/integrations/ghl/index.ts";
import { createGhlSimulator } from "../../server/simulators/ghl/simulator.ts";
import { phoneQuery } from "./contract/harness.ts";
import { openApiChecker } from "./openapi-requests.ts";

/** HighLevel's own documents are not part of the project; without them there is nothing to compare with. */
const SPECS = process.env.ROLODESK_SPECS ?? resolve(import.meta.dirname, "../../../shared/specs");
const check = openApiChecker(["contacts", "locations"].map((name) => join(SPECS, "ghl/v2", `${name}.json`)));

/** Where the document contradicts its own example or the API's answers, as the vendor's guides show them. */
const KNOWN = [/^body\.dateOfBirth is string, not object$/];

const LOCATION_ID = "demoLocation00000001";
const NOW = Date.parse("2026-03-01T10:00:00Z");
const PROPERTIES = ["firstName", "lastName", "email", "phone"];

function openAccount() {
  const token = `pit-${randomUUID()}`;
  const simulator = createGhlSimulator({ token, locationId: LOCATION_ID, now: () => NOW });
  const sent: { readonly what: string; readonly problems: readonly string[] }[] = [];
  const send: typeof fetch = async (input, init) => {
    const request = new Request(input, init);
    const text = await request.clone().text();
    const url = new URL(request.url);
    const body: unknown = text === "" ? undefined : JSON.parse(text);
    const problems = check?.({ method: request.method, url, headers: request.headers, body }) ?? [];
    const unknown = problems.filter((problem) => !KNOWN.some((known) => known.test(problem)));
    sent.push({ what: `${request.method} ${url.pathname}`, problems: unknown });
    return await simulator.app.fetch(request);
  };
  const connector = ghl.createConnector({
    settings: { locationId: LOCATION_ID, baseUrl: "http://ghl.test", appUrl: "https://app.gohighlevel.com" },
    credentials: { token },
    facts: {},
    now: () => NOW,
    http: { fetch: send },
  });
  return { simulator, connector, sent };
}

/** A value as our mapping gives it to a field of this type. */
function sampleOf({ type, options, property }: FieldDescription): FieldValue {
  const [option] = options;
  if (property === "country") return "US";
  if (property === "timezone") return "America/New_York";
  if (property === "website") return "https://example.com";
  if (type === "email") return "ann@example.com";
  if (type === "phone") return "+12025550101";
  if (type === "number") return 7;
  if (type === "boolean") return true;
  if (type === "date" || type === "datetime") return "1990-09-25";
  if (type === "option") return option?.value ?? "One";
  return type === "options" ? [option?.value ?? "One"] : "Ann";
}

describe.skipIf(!check)("HighLevel's OpenAPI documents", () => {
  it("allow every request a connector makes, with their version header and no undocumented name", async () => {
    const { simulator, connector, sent } = openAccount();
    simulator.addCustomField({ name: "Plan", dataType: "TEXT" });
    await connector.checkConnection();
    const fields = (await connector.describeFields("contact")).filter(({ writable }) => writable);
    const values = Object.fromEntries(fields.map((field) => [field.property, sampleOf(field)]));
    await connector.findContacts({ email: "ann@example.com", phone: phoneQuery("0101") }, PROPERTIES);
    const made = await connector.createContact(values, randomUUID(), PROPERTIES);
    await connector.findContacts({ email: "ann@example.com", phone: phoneQuery("0101") }, PROPERTIES);
    await connector.getContact(made, PROPERTIES);
    await connector.updateContact(made, { ...values, firstName: "Anna" }, null, PROPERTIES);
    const note = { body: "Visitor: Hello", at: "2026-03-01T10:00:00Z" };
    await connector.addNote(made, note, randomUUID());
    for (const tag of [null, "vip"]) await connector.pull?.page({ cursor: null, tag, properties: PROPERTIES });

    expect(sent.filter(({ problems }) => problems.length > 0)).toEqual([]);
    expect(
      new Set(sent.map(({ what }) => what.replace(made.externalId, "{id}").replace(LOCATION_ID, "{location}"))),
    ).toEqual(
      new Set([
        "GET /locations/{location}",
        "GET /locations/{location}/customFields",
        "POST /contacts/search",
        "GET /contacts/search/duplicate",
        "POST /contacts/",
        "GET /contacts/{id}",
        "PUT /contacts/{id}",
        "GET /contacts/{id}/notes",
        "POST /contacts/{id}/notes",
      ]),
    );
  });

  it("would not allow a version, a name or a type of our own invention", () => {
    const url = new URL("http://ghl.test/contacts/?page=2");
    const headers = new Headers({ version: "v9" });
    const problems = check?.({ method: "POST", url, headers, body: { firstname: "Ann", tags: "vip" } });
    expect(problems).toEqual([
      "query page is not documented",
      "header Version is v9",
      "body.locationId is missing",
      "body.firstname is not documented",
      "body.tags is string, not array",
    ]);
  });
});
