import { createHmac, randomUUID } from "node:crypto";
import { describe, expect, it } from "vitest";
import { readShopperToken, type ShopperTokenRules } from "../../server/integrations/bigcommerce/shopper-token.ts";
import { createBigCommerceSimulator } from "../../server/simulators/bigcommerce/simulator.ts";

const NOW = Date.parse("2026-03-01T10:00:00Z");
const SECONDS = NOW / 1000;
const rules: ShopperTokenRules = {
  clientId: "demoapp0client0id",
  clientSecret: "demo-app-client-secret",
  storeHash: "abc123demo",
};

const claims = {
  customer: { id: 4927, email: "ann@example.com", group_id: "6" },
  iss: "bc/apps",
  sub: rules.storeHash,
  iat: SECONDS,
  exp: SECONDS + 900,
  version: 1,
  aud: rules.clientId,
  application_id: "another0id",
  store_hash: rules.storeHash,
  operation: "current_customer",
};

const encode = (value: unknown) => Buffer.from(JSON.stringify(value)).toString("base64url");

function forge(
  payload: unknown,
  { header = { alg: "HS256", typ: "JWT" } as object, secret = rules.clientSecret, hash = "sha256" } = {},
): string {
  const signed = `${encode(header)}.${encode(payload)}`;
  return `${signed}.${createHmac(hash, secret).update(signed).digest("base64url")}`;
}

describe("a store's word for its shopper", () => {
  it("is taken when the store gave it to a signed-in shopper", async () => {
    const { clientId, clientSecret, storeHash } = rules;
    const app = { clientId, clientSecret };
    const simulator = createBigCommerceSimulator({ accessToken: randomUUID(), storeHash, app, now: () => NOW });
    const customerId = simulator.seed("customer", { email: "ann@example.com" });
    const path = `/customer/current.jwt?app_client_id=${clientId}`;
    const answer = await simulator.app.request(path, { headers: { cookie: simulator.signIn(customerId) } });
    expect(readShopperToken(await answer.text(), rules, NOW)).toEqual({
      kind: "shopper",
      customerId,
      email: "ann@example.com",
      expiresAt: NOW + 900_000,
    });
  });

  it("is taken as the vendor's own example has it, whose application_id is another", () => {
    expect(readShopperToken(forge(claims), rules, NOW)).toMatchObject({ kind: "shopper", customerId: "4927" });
  });

  it.each([
    ["another secret", forge(claims, { secret: "guessed" }), "signature"],
    ["no signature", `${encode({ alg: "none" })}.${encode(claims)}.`, "malformed"],
    ["the algorithm none", forge(claims, { header: { alg: "none" } }), "algorithm"],
    ["another HMAC, well signed", forge(claims, { header: { alg: "HS512" }, hash: "sha512" }), "algorithm"],
    ["an asymmetric algorithm", forge(claims, { header: { alg: "RS256" } }), "algorithm"],
    [
      "an extension we do not know",
      forge(claims, { header: { alg: "HS256", crit: ["b64"], b64: false } }),
      "malformed",
    ],
    ["no algorithm", forge(claims, { header: {} }), "malformed"],
    ["another issuer", forge({ ...claims, iss: "bc" }), "issuer"],
    ["another app", forge({ ...claims, aud: "other" }), "audience"],
    ["another store in sub", forge({ ...claims, sub: "otherstore" }), "store"],
    ["another store in store_hash", forge({ ...claims, store_hash: "otherstore" }), "store"],
    ["another operation", forge({ ...claims, operation: "customer_login" }), "operation"],
    ["an end that has passed", forge({ ...claims, exp: SECONDS - 61 }), "expired"],
    ["a start to come", forge({ ...claims, iat: SECONDS + 61 }), "not_yet"],
    ["no customer", forge({ ...claims, customer: undefined }), "malformed"],
    ["a guest's customer", forge({ ...claims, customer: { id: 0, email: "" } }), "malformed"],
    ["no end", forge({ ...claims, exp: undefined }), "malformed"],
    ["no JSON inside", forge("text"), "malformed"],
    ["more than a token holds", forge({ ...claims, more: "x".repeat(5000) }), "malformed"],
    ["nothing", "", "malformed"],
    ["four parts", `${forge(claims)}.x`, "malformed"],
    ["a space behind it", `${forge(claims)}\n`, "malformed"],
  ])("is refused with %s", (_what, jwt, why) => {
    expect(readShopperToken(jwt, rules, NOW)).toEqual({ kind: "refused", why });
  });

  it("is refused when a letter of the payload changes", () => {
    const [head = "", , signature = ""] = forge(claims).split(".");
    const payload = encode({ ...claims, customer: { ...claims.customer, id: 1 } });
    expect(readShopperToken(`${head}.${payload}.${signature}`, rules, NOW)).toEqual({
      kind: "refused",
      why: "signature",
    });
  });

  it.each([
    ["ends", SECONDS - 59, SECONDS],
    ["begins", SECONDS + 900, SECONDS + 59],
  ])("is taken while clocks differ by less than a minute when it %s", (_when, exp, iat) => {
    expect(readShopperToken(forge({ ...claims, exp, iat }), rules, NOW)).toMatchObject({ kind: "shopper" });
  });

  it("is taken from a list of audiences that has ours", () => {
    expect(readShopperToken(forge({ ...claims, aud: ["other", rules.clientId] }), rules, NOW).kind).toBe("shopper");
  });

  it("is never taken with an empty secret", () => {
    const jwt = forge(claims, { secret: "" });
    expect(readShopperToken(jwt, { ...rules, clientSecret: "" }, NOW)).toEqual({ kind: "refused", why: "signature" });
  });
});
