import { describe, expect, it } from "vitest";
import type { ConnectorErrorCode } from "../../server/domain/connector-error.ts";
import { bigcommerce } from "../../server/integrations/bigcommerce/index.ts";
import { createConnectorFactory } from "../../server/integrations/create-connector-factory.ts";
import { openBigCommerceAccount as open, refusal, STORE_HASH } from "./bigcommerce-account.ts";

const PROPERTIES = ["first_name", "last_name", "email", "phone"];
const ann = { first_name: "Ann", last_name: "Lee", email: "ann@example.com", phone: "+12025550101" };

const customer = (externalId: string) => ({ object: "customer", externalId });

describe("BigCommerce, refusals", () => {
  const answers: readonly [status: number, ConnectorErrorCode, outcome: "none" | "unknown"][] = [
    [400, "invalid_field", "none"],
    [401, "auth_expired", "none"],
    [403, "forbidden", "none"],
    [404, "forbidden", "none"],
    [413, "invalid_field", "none"],
    [415, "bad_response", "unknown"],
    [423, "unavailable", "none"],
    [500, "unavailable", "unknown"],
    [507, "unavailable", "unknown"],
  ];
  it.each(answers)(
    "takes %i on a write for %s, outcome %s, and passes the reason on",
    async (status, code, outcome) => {
      const { simulator, connector } = await open();
      const ref = customer(simulator.seed("customer", ann));
      simulator.faults.play({ fault: refusal(status, "The reason"), times: 1 });
      const update = connector.updateContact(ref, { company: "Example Ltd" }, null, PROPERTIES);
      await expect(update).rejects.toMatchObject({ code, status, outcome, message: "BigCommerce: The reason" });
    },
  );

  it("waits for the window of the store's quota", async () => {
    const { simulator, connector, advance } = await open({ rateLimit: { quota: 2, windowMs: 30_000 } });
    const read = () => connector.getContact(customer(simulator.seed("customer", ann)), PROPERTIES);
    await read();
    advance(12_000);
    await read();
    await expect(read()).rejects.toMatchObject({ code: "rate_limited", retryAfterMs: 18_000 });
    advance(18_000);
    expect(await read()).toMatchObject({ kind: "found" });
  });

  it("takes a 429 without the quota's headers for an overloaded platform", async () => {
    const { simulator, connector } = await open();
    simulator.faults.play({ fault: refusal(429, "Too many requests"), times: 1 });
    const read = connector.getContact(customer("1"), PROPERTIES);
    await expect(read).rejects.toMatchObject({ code: "unavailable", retryAfterMs: undefined });
  });

  it("hides the token when an answer quotes it", async () => {
    const { simulator, connector, accessToken } = await open();
    simulator.faults.play({ fault: refusal(401, `Invalid token ${accessToken}`), times: 1 });
    const read = connector.getContact(customer("1"), PROPERTIES);
    await expect(read).rejects.toMatchObject({ message: "BigCommerce: Invalid token …" });
  });
});

describe("BigCommerce, the connection", () => {
  it("tells the store", async () => {
    const { connector, url } = await open({ storeName: "Northwind Lamps" });
    expect(await connector.checkConnection()).toEqual({
      accountId: STORE_HASH,
      accountName: "Northwind Lamps",
      facts: { controlPanelUrl: url, phoneLists: null, country: "US" },
    });
  });

  it.each([true, false])("finds out whether the phone filter takes a list: %s", async (phoneLists) => {
    const { simulator, connector } = await open({ phoneLists });
    simulator.seed("customer", { email: "bob@example.com" });
    simulator.seed("customer", ann);
    expect((await connector.checkConnection()).facts).toMatchObject({ phoneLists });
  });

  it.each([
    ["store_v2_information_read_only", "forbidden"],
    ["store_v2_customers", "forbidden"],
  ] as const)("refuses an account that has %s alone", async (scope, code) => {
    const { simulator, connector, accessToken } = await open();
    simulator.addAccount({ accessToken, scopes: [scope] });
    await expect(connector.checkConnection()).rejects.toMatchObject({ code });
  });

  it.each([
    ["its own default", {}, {}, `https://store-${STORE_HASH}.mybigcommerce.com`],
    ["what the store says", {}, { controlPanelUrl: "https://panel.example.com/" }, "https://panel.example.com"],
    [
      "what the admin says",
      { storeUrl: "https://admin.example.com/" },
      { controlPanelUrl: "https://panel.example.com" },
      "https://admin.example.com",
    ],
  ])("links to a customer by %s", (_by, settings, facts, panel) => {
    const connector = bigcommerce.createConnector({
      settings: bigcommerce.settings.parse({ storeHash: STORE_HASH, ...settings }),
      credentials: { accessToken: "x" },
      facts,
      now: () => 0,
      http: {},
    });
    expect(connector.recordUrl(customer("17"))).toBe(`${panel}/manage/customers/17/edit`);
  });

  it.each([
    ["https://api.bigcommerce.com", true],
    ["http://api.bigcommerce.com", false],
    ["https://api.bigcommerce.com.example.test", false],
    ["https://api.bigcommerce.com:8443", false],
    ["http://127.0.0.1:8080", false],
  ])("takes %s for the vendor's host: %s", (baseUrl, expected) => {
    expect(bigcommerce.usesVendorHosts(bigcommerce.settings.parse({ storeHash: STORE_HASH, baseUrl }))).toBe(expected);
  });

  it.each([
    { storeHash: "../v2/orders" },
    { storeHash: "" },
    { storeHash: STORE_HASH, allowCreate: "maybe" },
    { storeHash: STORE_HASH, storeUrl: "javascript:alert(1)" },
  ])("refuses the settings %j", (settings) => {
    expect(bigcommerce.settings.safeParse(settings).success).toBe(false);
  });

  it.each([
    [{ accessToken: "t" }, true],
    [{ accessToken: "t", appClientId: "id", appClientSecret: "secret" }, true],
    [{ accessToken: "t", appClientId: "id" }, false],
    [{ accessToken: "t", appClientSecret: "secret" }, false],
    [{ accessToken: "a b" }, false],
  ])("takes the credentials %j: %s", (credentials, expected) => {
    expect(bigcommerce.credentials.safeParse(credentials).success).toBe(expected);
  });

  it.each([
    [{}, null],
    [{ allowCreate: "" }, null],
    [{ allowCreate: "no" }, null],
    [{ allowCreate: "yes" }, "customer"],
  ])("creates, with the settings %j: %s", (settings, creates) => {
    const factory = createConnectorFactory({ demo: false, now: () => 0 });
    const { capabilities } = factory.open(
      {
        provider: "bigcommerce",
        settings: { storeHash: STORE_HASH, ...settings },
        credentials: { accessToken: "t" },
        facts: {},
      },
      () => {},
    );
    expect(capabilities).toMatchObject({ creates, requiredToCreate: ["email", "first_name", "last_name"] });
  });

  it("is offered to admins", () => {
    const { offered } = createConnectorFactory({ demo: false, now: () => 0 });
    expect(offered.map(({ provider }) => provider)).toContain("bigcommerce");
  });
});
