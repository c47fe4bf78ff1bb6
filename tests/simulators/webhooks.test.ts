import { describe, expect, it } from "vitest";
import { bigcommerceWebhook } from "../../server/integrations/bigcommerce/webhook.ts";
import { createConnectorFactory } from "../../server/integrations/create-connector-factory.ts";
import { dynamicsWebhook } from "../../server/integrations/dynamics/webhook.ts";
import { ghlWebhook } from "../../server/integrations/ghl/webhook.ts";
import { hubspotWebhook } from "../../server/integrations/hubspot/webhook.ts";
import type { Delivery } from "../../server/integrations/webhook.ts";
import { createBigCommerceSimulator } from "../../server/simulators/bigcommerce/simulator.ts";
import { createDynamicsSimulator } from "../../server/simulators/dynamics/dynamics-simulator.ts";
import { createGhlSimulator } from "../../server/simulators/ghl/simulator.ts";
import { createHubSpotSimulator } from "../../server/simulators/hubspot/hubspot-simulator.ts";
import type { Deliveries } from "../../server/simulators/kit/deliveries.ts";
import { eventsIn } from "../connectors/contract/webhooks.ts";

const ADDRESS = "https://chat.example.com/hooks/1";
const NOW = Date.parse("2026-11-20T12:00:00Z");
const SECRET = "own-secret-0123456789";

/** Somebody's server: keeps what came and answers as told, then 200. */
function receiver(...answers: (number | "nothing")[]) {
  const received: Delivery[] = [];
  let clock = NOW;
  return {
    received,
    now: () => clock,
    fetch: (async (input, init) => {
      const request = new Request(input, init);
      const rawBody = Buffer.from(await request.arrayBuffer());
      received.push({ rawBody, headers: request.headers, url: request.url, pathSecret: null });
      clock += 60_000;
      const answer = answers.shift() ?? 200;
      if (answer === "nothing") throw new TypeError("fetch failed");
      return new Response(null, { status: answer });
    }) satisfies typeof fetch,
  };
}

const DYNAMICS_SETTINGS = {
  environmentUrl: "https://t.crm.dynamics.com",
  tenantId: "t",
  tokenUrl: "https://login.example.com",
  appUrl: "https://t.crm.dynamics.com/main.aspx",
  duplicateDetection: "off",
} as const;

/** Waits of hours pass in a moment. */
const HASTE = 1e9;

/** Every CRM with one person, told to a receiver, and what our side reads of the deliveries. */
const CRMS = {
  HubSpot: (to: ReturnType<typeof receiver>) => {
    const simulator = createHubSpotSimulator({ token: "t", now: to.now, webhooks: { fetch: to.fetch, haste: HASTE } });
    const ids = ["ann@example.com", "bob@example.com"].map((email) => simulator.seed("contact", { email }));
    simulator.webhooks.subscribe({ targetUrl: ADDRESS, clientSecret: SECRET });
    return {
      ids,
      deliveries: simulator.webhooks.deliveries,
      edit: (id: string) => simulator.edit("contact", id, { phone: "+12025550100", city: "Leeds" }),
      add: () => simulator.seed("contact", { email: "eve@example.com" }),
      remove: (id: string) => simulator.remove("contact", id),
      merge: (winner: string, loser: string): unknown => simulator.merge(winner, loser),
      read: (delivery: Delivery, now: number) =>
        hubspotWebhook.read({
          ...delivery,
          secrets: { own: null, signing: SECRET },
          settings: { baseUrl: "https://api.hubapi.com" },
          credentials: { token: "t" },
          accountId: "891936587",
          now: () => now,
        }),
    };
  },
  HighLevel: (to: ReturnType<typeof receiver>) => {
    const locationId = "demoLocation00000001";
    const webhooks = { fetch: to.fetch, haste: HASTE };
    const simulator = createGhlSimulator({ token: "t", locationId, now: to.now, webhooks });
    const ids = ["ann@example.com", "bob@example.com"].map((email) => simulator.seed("contact", { email }));
    simulator.webhooks.subscribe({ url: ADDRESS });
    return {
      ids,
      deliveries: simulator.webhooks.deliveries,
      edit: (id: string) => simulator.edit("contact", id, { phone: "+12025550100" }),
      add: () => simulator.seed("contact", { email: "eve@example.com" }),
      remove: (id: string) => simulator.remove("contact", id),
      merge: (winner: string, loser: string): unknown => simulator.merge(winner, loser),
      read: (delivery: Delivery, now: number) =>
        ghlWebhook.read({
          ...delivery,
          secrets: { own: null, signing: simulator.webhookPublicKey },
          settings: { baseUrl: "https://services.leadconnectorhq.com", locationId, appUrl: "https://app.example.com" },
          credentials: { token: "t" },
          accountId: locationId,
          now: () => now,
        }),
    };
  },
  "Dynamics 365": (to: ReturnType<typeof receiver>) => {
    const webhooks = { fetch: to.fetch, haste: HASTE };
    const entra = { tenantId: "t.example.com", clientId: "c", clientSecret: "s" };
    const simulator = createDynamicsSimulator({ ...entra, now: to.now, webhooks });
    const ids = ["ann@example.com", "bob@example.com"].map((emailaddress1) =>
      simulator.seed("contact", { emailaddress1, lastname: "Lee" }),
    );
    simulator.webhooks.subscribe({ endpointUrl: ADDRESS, webhookKey: SECRET });
    return {
      ids,
      deliveries: simulator.webhooks.deliveries,
      edit: (id: string) => simulator.edit("contact", id, { telephone1: "+12025550100" }),
      add: () => simulator.seed("contact", { lastname: "Eve" }),
      remove: (id: string) => simulator.remove("contact", id),
      merge: (winner: string, loser: string): unknown => simulator.merge("contact", winner, loser),
      read: (delivery: Delivery, now: number) =>
        dynamicsWebhook.read({
          ...delivery,
          secrets: { own: SECRET, signing: null },
          settings: DYNAMICS_SETTINGS,
          credentials: { clientId: "c", clientSecret: "s" },
          accountId: simulator.organizationId,
          now: () => now,
        }),
    };
  },
  BigCommerce: (to: ReturnType<typeof receiver>) => {
    const app = { clientId: "client", clientSecret: "app-client-secret" };
    const simulator = createBigCommerceSimulator({
      accessToken: "t",
      storeHash: "abc123",
      app,
      now: to.now,
      webhooks: { fetch: to.fetch, haste: HASTE },
    });
    const ids = ["ann@example.com", "bob@example.com"].map((email) => simulator.seed("customer", { email }));
    simulator.webhooks.subscribe({
      scope: "store/customer/*",
      destination: ADDRESS,
      headers: { "X-Rolodesk-Secret": SECRET },
    });
    return {
      ids,
      deliveries: simulator.webhooks.deliveries,
      edit: (id: string) => simulator.edit("customer", id, { phone: "+12025550100" }),
      add: () => simulator.seed("customer", { email: "eve@example.com" }),
      remove: (id: string) => simulator.remove("customer", id),
      merge: null,
      read: (delivery: Delivery, now: number) =>
        bigcommerceWebhook.read({
          ...delivery,
          secrets: { own: SECRET, signing: null },
          settings: { storeHash: "abc123", allowCreate: "no", baseUrl: "https://api.bigcommerce.com", storeUrl: null },
          credentials: { accessToken: "t", appClientId: app.clientId, appClientSecret: app.clientSecret },
          accountId: "abc123",
          now: () => now,
        }),
    };
  },
};

it("every CRM that tells of changes is asked here", () => {
  const { offered } = createConnectorFactory({ demo: false, now: Date.now, http: {} });
  const telling = offered.filter(({ webhook }) => webhook !== null).map(({ name }) => name);
  expect(Object.keys(CRMS), "Add it to CRMS, under its module's name").toEqual(expect.arrayContaining(telling));
});

describe.each(Object.entries(CRMS))("%s tells of changes, and our side believes it", (name, open) => {
  async function told(act: (crm: ReturnType<typeof open>) => void): Promise<string[]> {
    const to = receiver();
    const crm = open(to);
    act(crm);
    await settled(crm.deliveries);
    const events = to.received.flatMap((delivery, at) => eventsIn(crm.read(delivery, NOW + at * 60_000)));
    return [...new Set(events.map(({ kind, externalId }) => `${kind} ${crm.ids.indexOf(externalId)}`))];
  }

  it("an edit", async () => {
    expect(await told((crm) => crm.edit(crm.ids[0] ?? ""))).toEqual(["changed 0"]);
  });

  it("a new record", async () => {
    expect(await told((crm) => crm.add())).toContain("created -1");
  });

  it("a deletion", async () => {
    expect(await told((crm) => crm.remove(crm.ids[1] ?? ""))).toEqual(["deleted 1"]);
  });

  it("a merge, naming the record that was merged away", async () => {
    const { merge } = open(receiver());
    if (merge === null) return;
    const events = await told((crm) => crm.merge?.(crm.ids[0] ?? "", crm.ids[1] ?? ""));
    expect(events).toContain(name === "HighLevel" ? "deleted 1" : "merged 1");
  });

  it("twice where it is told to, as one and the same event", async () => {
    const to = receiver();
    const crm = open(to);
    crm.deliveries.switches.duplicates = true;
    crm.edit(crm.ids[0] ?? "");
    await settled(crm.deliveries);
    const events = to.received.flatMap((delivery, at) => eventsIn(crm.read(delivery, NOW + at * 60_000)));
    expect(to.received.length).toBeGreaterThan(1);
    expect(new Set(events.map(({ eventId }) => eventId)).size).toBe(events.length / 2);
  });

  it("again after 503, as the same event, and no more once it was answered", async () => {
    const to = receiver(503);
    const crm = open(to);
    crm.edit(crm.ids[0] ?? "");
    await settled(crm.deliveries);
    expect(to.received).toHaveLength(2);
    const [first, second] = to.received.map((delivery, at) => eventsIn(crm.read(delivery, NOW + at * 60_000)));
    expect(second).toEqual(first);
  });

  it("to nobody who does not answer for ever", async () => {
    const limits = { HubSpot: 11, HighLevel: 13, "Dynamics 365": 1, BigCommerce: 12 };
    const to = receiver(...Array.from({ length: 50 }, () => 500));
    const crm = open(to);
    crm.edit(crm.ids[0] ?? "");
    await settled(crm.deliveries);
    expect(to.received).toHaveLength(limits[name as keyof typeof limits]);
  });
});

describe("HubSpot's deliveries", () => {
  it("hold at most a hundred events, are stamped anew for each attempt and count it", async () => {
    const to = receiver("nothing");
    const simulator = createHubSpotSimulator({ token: "t", now: to.now, webhooks: { fetch: to.fetch, haste: HASTE } });
    simulator.webhooks.subscribe({ targetUrl: ADDRESS, clientSecret: SECRET, vocabulary: "object" });
    for (let n = 0; n < 60; n += 1) simulator.seed("contact", { email: `n${n}@example.com` });
    await settled(simulator.webhooks.deliveries);
    const batches = to.received.map(({ rawBody }) => JSON.parse(Buffer.from(rawBody).toString()) as object[]);
    expect(batches.map(({ length }) => length).sort()).toEqual([100, 100, 20].sort());
    expect(batches.flat()).toContainEqual(expect.objectContaining({ attemptNumber: 1, objectTypeId: "0-1" }));
    const stamps = to.received.map(({ headers }) => headers.get("x-hubspot-request-timestamp"));
    expect(new Set(stamps).size).toBeGreaterThan(1);
  });
});

describe("BigCommerce's hooks", () => {
  it("are made and ended through the API, by a token that sees only its own", async () => {
    const to = receiver();
    const options = { accessToken: "t", storeHash: "abc123", webhooks: { fetch: to.fetch } };
    const simulator = createBigCommerceSimulator(options);
    simulator.addAccount({ accessToken: "other", scopes: [] });
    const call = (method: string, path: string, token: string, body?: unknown) =>
      simulator.app.request(`http://bc.test/stores/abc123/v3/hooks${path}`, {
        method,
        headers: { "x-auth-token": token },
        body: body === undefined ? undefined : JSON.stringify(body),
      });
    const hook = { scope: "store/customer/*", destination: ADDRESS, headers: {} };
    const made = await call("POST", "", "t", hook);
    expect(made.status).toBe(200);
    const { data } = (await made.json()) as { data: { id: number } };
    expect((await call("POST", "", "t", hook)).status).toBe(422);
    expect((await call("POST", "", "t", { ...hook, destination: "http://a.example.com/" })).status).toBe(422);
    expect(await (await call("GET", "", "other")).json()).toMatchObject({ data: [] });
    expect((await call("DELETE", `/${data.id}`, "other")).status).toBe(404);

    simulator.seed("customer", { email: "ann@example.com" });
    await settled(simulator.webhooks.deliveries);
    expect(to.received).toHaveLength(1);
    expect((await call("DELETE", `/${data.id}`, "t")).status).toBe(200);
    simulator.seed("customer", { email: "bob@example.com" });
    await settled(simulator.webhooks.deliveries);
    expect(to.received).toHaveLength(1);
  });
});

/** Changes are looked for in a microtask of their own. */
async function settled(deliveries: Deliveries): Promise<void> {
  await Promise.resolve();
  await deliveries.idle();
}
