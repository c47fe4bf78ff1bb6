import { createServer } from "node:http";
import type { Provider } from "@rolodesk/shared/vocabulary";
import { describe, expect, onTestFinished, test } from "vitest";
import { createConnectorFactory } from "../../server/integrations/create-connector-factory.ts";
import { createGuardedFetch } from "../../server/net/guarded-fetch.ts";

/** An installation with real accounts, behind a DNS that answers with this computer's own address. */
function realFactory(ports: readonly number[] = [443]) {
  const resolve = async () => [{ address: "127.0.0.1", family: 4 }];
  return createConnectorFactory({
    demo: false,
    now: Date.now,
    http: { fetch: createGuardedFetch({ resolve, ports }) },
  });
}

const APP = { clientId: "client-0123456789", clientSecret: "secret-0123456789" };
const TENANT = { tenantId: "shop.example.com", environmentUrl: "https://shop.crm.dynamics.com" };

/** Every setting of every CRM whose address is called. */
const CALLED: readonly [Provider, string, Record<string, string>, Record<string, string>][] = [
  ["hubspot", "baseUrl", {}, { token: "pat-x" }],
  ["ghl", "baseUrl", { locationId: "demoLocation00000001" }, { token: "pit-x" }],
  ["dynamics", "environmentUrl", TENANT, APP],
  ["dynamics", "tokenUrl", TENANT, APP],
  ["bigcommerce", "baseUrl", { storeHash: "abc123" }, { accessToken: "x" }],
];
const AUTHORIZED: readonly [Provider, string][] = [
  ["hubspot", "baseUrl"],
  ["hubspot", "authorizeUrl"],
  ["ghl", "baseUrl"],
  ["ghl", "authorizeUrl"],
];

const ELSEWHERE = [
  ...["http://127.0.0.1", "http://[::1]", "http://169.254.169.254", "http://0x7f000001", "http://2130706433"],
  ...["http://localhost.", "http://[::ffff:127.0.0.1]", "http://10.0.0.1", "http://172.16.0.1", "http://192.168.0.1"],
  ...["http://metadata.google.internal", "http://ok@127.0.0.1", "https://api.hubapi.com@127.0.0.1"],
  ...["https://api.hubapi.com:22", "https://api.hubapi.com:5432", "https://api.hubapi.com.example.test"],
  ...["https://services.leadconnectorhq.com.example.test", "https://api.bigcommerce.com.example.test"],
  ...["https://shop.crm.dynamics.com.example.test", "https://login.microsoftonline.com.example.test"],
  ...["file:///etc/passwd", "gopher://127.0.0.1", "https://example.com"],
];

test("every CRM that is offered is tried here, and every one with OAuth", () => {
  const { offered } = createConnectorFactory({ demo: false, now: Date.now, http: {} });
  const missing = (tried: readonly (readonly [Provider, ...unknown[]])[], kinds: typeof offered) =>
    kinds.map(({ provider }) => provider).filter((one) => !tried.some(([provider]) => provider === one));
  expect(missing(CALLED, offered), "Add its addresses to CALLED").toEqual([]);
  const withOAuth = offered.filter(({ oauth }) => oauth !== null);
  expect(missing(AUTHORIZED, withOAuth), "Add its addresses to AUTHORIZED").toEqual([]);
});

describe.each(CALLED)("%s, %s", (provider, setting, settings, credentials) => {
  test.each(ELSEWHERE)("%s is refused when it is saved, and not called when it was stored", async (address) => {
    const calls: string[] = [];
    const connectors = createConnectorFactory({
      demo: false,
      now: Date.now,
      http: {
        fetch: async (url) => {
          calls.push(url.href);
          return new Response("{}");
        },
      },
    });
    const access = { provider, settings: { ...settings, [setting]: address }, credentials };
    expect(Object.keys(connectors.problemsWith(access))).not.toEqual([]);
    const check = async () => await connectors.open({ ...access, facts: {} }, () => {}).connector.checkConnection();
    await expect(check()).rejects.toThrow();
    expect(calls).toEqual([]);
  });
});

describe.each(AUTHORIZED)("authorizing with %s, %s", (provider, setting) => {
  test.each(ELSEWHERE)("%s is refused when it is entered, and gets neither code nor token", async (address) => {
    const authorizer = realFactory().authorizerOf(provider);
    const entered = { settings: { [setting]: address }, credentials: APP };
    expect(Object.keys(authorizer?.problemsWith(entered) ?? {})).not.toEqual([]);
    const grant = { accessToken: null, expiresAt: 0, refreshToken: "r", about: {} };
    await expect(authorizer?.refresh({ ...entered, grant })).rejects.toThrow();
    const exchange = { ...entered, code: "c", redirectUri: "https://rolodesk.test/x", verifier: "v" };
    await expect(authorizer?.exchange(exchange)).rejects.toThrow();
  });
});

test("a vendor's own name that the DNS leads inside is not called", async () => {
  let connections = 0;
  const canary = createServer((_request, response) => response.end("{}"));
  canary.on("connection", () => connections++);
  await new Promise<void>((resolve) => canary.listen(0, "127.0.0.1", resolve));
  onTestFinished(() => void canary.close());
  const address = canary.address();
  const port = typeof address === "object" && address ? address.port : 0;
  const connectors = realFactory([443, port]);
  for (const [provider, , settings, credentials] of CALLED) {
    const { connector } = connectors.open({ provider, settings, credentials, facts: {} }, () => {});
    await expect(connector.checkConnection()).rejects.toMatchObject({
      code: "unavailable",
      message: expect.stringContaining("private network"),
    });
  }
  expect(connections).toBe(0);
});
