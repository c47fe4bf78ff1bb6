import { mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { ann, openBigCommerceSimulator } from "./bigcommerce-client.ts";

const CUSTOMERS = "/v3/customers";

describe("BigCommerce simulator, access", () => {
  it.each([
    ["no token", { "x-auth-token": "" }],
    ["an unknown one", { "x-auth-token": "guessed" }],
  ])("refuses %s with 401", async (_what, headers) => {
    const { ask } = openBigCommerceSimulator();
    expect((await ask("GET", CUSTOMERS, undefined, headers)).status).toBe(401);
  });

  it("refuses a good token on another store with 401", async () => {
    const { simulator } = openBigCommerceSimulator();
    const headers = { "x-auth-token": "demo-access-token" };
    expect((await simulator.app.request("/stores/otherstore/v3/customers", { headers })).status).toBe(401);
  });

  it.each([
    ["GET", "/v3/customers", "store_v2_customers_read_only", 200],
    ["GET", "/v3/customers", "store_v2_information", 403],
    ["POST", "/v3/customers", "store_v2_customers_read_only", 403],
    ["POST", "/v3/customers", "store_v2_customers", 200],
    ["GET", "/v2/store", "store_v2_information_read_only", 200],
    ["GET", "/v2/store", "store_v2_customers", 403],
  ] as const)("answers %s %s with %s alone by %i", async (method, path, scope, status) => {
    const { simulator, ask } = openBigCommerceSimulator();
    simulator.addAccount({ accessToken: "narrow", scopes: [scope] });
    const answer = await ask(method, path, method === "POST" ? [ann] : undefined, { "x-auth-token": "narrow" });
    expect(answer.status).toBe(status);
  });
});

describe("BigCommerce simulator, limits", () => {
  it("tells the quota on every answer, and refuses beyond it until the window ends", async () => {
    const { ask, advance } = openBigCommerceSimulator({ rateLimit: { quota: 2, windowMs: 30_000 } });
    const first = await ask("GET", CUSTOMERS);
    expect(Object.fromEntries(first.headers)).toMatchObject({
      "x-rate-limit-time-window-ms": "30000",
      "x-rate-limit-time-reset-ms": "30000",
      "x-rate-limit-requests-quota": "2",
      "x-rate-limit-requests-left": "1",
    });
    advance(10_500);
    await ask("GET", CUSTOMERS);
    const refused = await ask("GET", CUSTOMERS);
    expect(refused).toMatchObject({ status: 429, json: { title: "Too many requests" } });
    expect(refused.headers.get("x-rate-limit-time-reset-ms")).toBe("19500");
    expect(refused.headers.get("x-retry-after")).toBe("20");
    advance(19_500);
    expect((await ask("GET", CUSTOMERS)).status).toBe(200);
  });

  it("refuses the fourth update that comes while three are under way", async () => {
    const { simulator, ask } = openBigCommerceSimulator();
    const ids = Array.from({ length: 4 }, (_, at) =>
      Number(simulator.seed("customer", { email: `p${at}@example.com` })),
    );
    const answers = await Promise.all(ids.map((id) => ask("PUT", CUSTOMERS, [{ id, company: "Example Ltd" }])));
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 200, 200, 429]);
  });
});

describe("BigCommerce simulator, storefront", () => {
  const app = { clientId: "demoapp", clientSecret: "demo-secret" };
  const path = `/customer/current.jwt?app_client_id=${app.clientId}`;

  it("answers guests with 404, and an app it does not know with 400", async () => {
    const { simulator } = openBigCommerceSimulator({ app });
    const cookie = simulator.signIn(simulator.seed("customer", ann));
    expect((await simulator.app.request(path)).status).toBe(404);
    expect((await simulator.app.request(path, { headers: { cookie: "SHOP_SESSION_TOKEN=guessed" } })).status).toBe(404);
    expect((await simulator.app.request("/customer/current.jwt?app_client_id=x", { headers: { cookie } })).status).toBe(
      400,
    );
    expect((await simulator.app.request(path, { headers: { cookie } })).status).toBe(200);
  });

  it("signs a shopper in by the email of an account, and out again", async () => {
    const { simulator } = openBigCommerceSimulator({ app });
    simulator.seed("customer", ann);
    const signIn = (email: string) =>
      simulator.app.request("/_shopper", { method: "POST", body: new URLSearchParams({ email }) });
    expect((await signIn("nobody@example.com")).status).toBe(404);
    const cookie = (await signIn("ann@example.com")).headers.get("set-cookie")?.split(";")[0] ?? "";
    expect((await simulator.app.request(path, { headers: { cookie } })).status).toBe(200);
    await simulator.app.request("/_shopper", { method: "DELETE", headers: { cookie } });
    expect((await simulator.app.request(path, { headers: { cookie } })).status).toBe(404);
  });

  it("knows a deleted customer no more", async () => {
    const { simulator } = openBigCommerceSimulator({ app });
    const id = simulator.seed("customer", ann);
    const cookie = simulator.signIn(id);
    simulator.remove("customer", id);
    expect((await simulator.app.request(path, { headers: { cookie } })).status).toBe(404);
  });
});

describe("BigCommerce simulator, the store behind it", () => {
  it("remembers customers, attributes and shoppers in its file", async () => {
    const app = { clientId: "demoapp", clientSecret: "demo-secret" };
    const file = join(mkdtempSync(join(tmpdir(), "bigcommerce-")), "store.json");
    const before = openBigCommerceSimulator({ file, app });
    const size = before.simulator.addAttribute("Size");
    const id = before.simulator.seed("customer", { ...ann, [`attribute:${size}`]: "M" });
    const cookie = before.simulator.signIn(id);
    const { simulator, ask } = openBigCommerceSimulator({ file, app });
    expect(simulator.record("customer", id)?.values).toMatchObject({ ...ann, [`attribute:${size}`]: "M" });
    const next = await ask("POST", CUSTOMERS, [{ ...ann, email: "bob@example.com" }]);
    expect(next.json.data[0]?.id).toBeGreaterThan(Number(id));
    const path = `/customer/current.jwt?app_client_id=${app.clientId}`;
    expect((await simulator.app.request(path, { headers: { cookie } })).status).toBe(200);
  });

  it("shows a customer's page where BigCommerce has it", async () => {
    const { simulator } = openBigCommerceSimulator();
    const id = simulator.seed("customer", { ...ann, notes: "Prefers mornings." });
    const answer = await simulator.app.request(`/manage/customers/${id}/edit`);
    expect(answer.headers.get("location")).toBe(`/_records?q=${id}#customer-${id}`);
    const page = await (await simulator.app.request("/_records")).text();
    expect(page).toContain("Ann Lee");
    expect(page).toContain("Prefers mornings.");
  });

  it("does not count calls of the storefront or the records page as calls of the API", async () => {
    const { simulator, ask } = openBigCommerceSimulator();
    await simulator.app.request("/_records");
    await simulator.app.request("/customer/current.jwt?app_client_id=x");
    await ask("GET", "/v2/store");
    expect(simulator.journal.entries.map(({ path }) => path)).toEqual(["/stores/abc123demo/v2/store"]);
  });
});
