import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { webhookEvent } from "../../server/db/schema/webhook.ts";
import { viewWebhook } from "../../server/views/webhook.ts";
import { newId } from "../support/ids.ts";
import { serveApp } from "../support/serve.ts";
import { standStill } from "../support/stand-still.ts";
import { createSyncRig, type SyncRig } from "../support/sync-rig.ts";
import {
  bigcommerceHook,
  dynamicsHook,
  type HookDoor,
  type HubSpotHook,
  hookDoor,
  hubspotHook,
} from "../support/webhook-deliveries.ts";

const APP_SECRET = "demo-app-client-secret";

let rig: SyncRig;
let door: HookDoor;
let hubspot: string;
let hook: HubSpotHook;
let store: string;
let fromStore: Awaited<ReturnType<typeof bigcommerceHook>>;

beforeEach(async () => {
  rig = await createSyncRig();
  door = hookDoor(rig);
  hubspot = await rig.connect("hubspot");
  hook = await hubspotHook(rig, door, hubspot);
  store = await rig.connect("bigcommerce");
  fromStore = await bigcommerceHook(rig, store);
});
afterEach(() => rig.close());

interface Sent {
  readonly body: string;
  readonly headers: Record<string, string>;
}

async function eventsStored(): Promise<number> {
  return (await rig.deps.db.select().from(webhookEvent)).length;
}

const SENDERS = {
  HubSpot: { id: () => hubspot, sent: (): Sent => hook.signed([hook.event("propertyChange", "1")]) },
  BigCommerce: { id: () => store, sent: (): Sent => fromStore("1", APP_SECRET) },
};

describe.each(Object.entries(SENDERS))("a signed delivery of %s", (_, { id, sent }) => {
  const post = ({ body, headers }: Sent) => door.post(`/hooks/${id()}`, body, headers);
  const without = (headers: Record<string, string>, name: RegExp) =>
    Object.fromEntries(Object.entries(headers).filter(([key]) => !name.test(key)));

  it("is believed as it came, once however often it comes", async () => {
    const delivery = sent();
    expect([await post(delivery), await post(delivery)]).toEqual([200, 200]);
    expect(await eventsStored()).toBe(1);
  });

  const refused: Record<string, () => Sent> = {
    "with one byte more": () => ({ ...sent(), body: `${sent().body} ` }),
    "301 seconds old": () => {
      const delivery = sent();
      rig.advance(301_000);
      return delivery;
    },
    "301 seconds ahead of our clock": () => {
      rig.advance(301_000);
      const delivery = sent();
      rig.advance(-301_000);
      return delivery;
    },
    "whose body was read and written again": () => {
      const { body, headers } = sent();
      return { body: JSON.stringify(JSON.parse(body), null, 1), headers };
    },
    "whose signature is of another delivery": () => ({ body: sent().body, headers: sent().headers }),
  };
  it.each(Object.keys(refused))("%s is refused, and nothing is stored", async (what) => {
    const delivery = refused[what]?.();
    if (!delivery) throw new Error("There is such a delivery.");
    expect(await post(delivery)).toBe(401);
    expect(await eventsStored()).toBe(0);
  });

  it("without the headers that prove it is refused", async () => {
    const { body, headers } = sent();
    expect(await post({ body, headers: without(headers, /signature|secret/) })).toBe(401);
  });
});

describe("a store's delivery", () => {
  it("of whose two signatures one is right is believed", async () => {
    const { body, headers } = fromStore("1", APP_SECRET);
    const signatures = `v1,AAAA ${headers["webhook-signature"]}`;
    expect(await door.post(`/hooks/${store}`, body, { ...headers, "webhook-signature": signatures })).toBe(200);
  });
});

describe("too much", () => {
  it("of a body, ten megabytes of it, is refused over the wire before it was sent", async () => {
    const server = await serveApp(door.app);
    try {
      const answer = await fetch(`${server.url}/hooks/${hubspot}`, { method: "POST", body: Buffer.alloc(10_485_760) });
      expect(answer.status).toBe(413);
      expect((await fetch(`${server.url}/hooks/${hubspot}`, { method: "POST", body: "[]" })).status).toBe(401);
    } finally {
      await server.close();
    }
  });

  async function untilRefused(path: string, { body, headers }: Sent): Promise<Response> {
    for (let count = 0; count < 4000; count += 1) {
      const answer = await door.answer(path, { method: "POST", body, headers });
      if (answer.status === 429) return answer;
    }
    throw new Error("Nobody was ever told to wait.");
  }

  it("from one address is told when to come back", async () => {
    standStill();
    const answer = await untilRefused("/hooks/x", { body: "", headers: {} });
    expect(Number(answer.headers.get("retry-after"))).toBeGreaterThan(0);
  });

  it("of proved deliveries to one connection leaves the others be, and what is not proved uses nothing up", async () => {
    standStill();
    const empty = hook.signed([]);
    for (let count = 0; count < 20; count += 1) await door.post(`/hooks/${hubspot}`, "[]");
    const answer = await untilRefused(`/hooks/${hubspot}`, empty);
    expect(Number(answer.headers.get("retry-after"))).toBeGreaterThan(0);
    const { body, headers } = fromStore("1");
    expect(await door.post(`/hooks/${store}`, body, headers)).toBe(200);
  });

  it("of what Dataverse proves is none: it would not deliver it again", async () => {
    const tell = await dynamicsHook(rig, door, await rig.connect("dynamics"));
    standStill();
    // of a table nobody asked for, so that nothing is stored
    for (let count = 0; count < 1001; count += 1) expect(await tell("Update", "account", newId())).toBe(200);
  });
});

describe("what was refused last", () => {
  const shown = async () => (await viewWebhook(rig.deps, await rig.connection(hubspot))).lastRefusal;

  it("is kept with when and why, counted, and nothing of what it held", async () => {
    expect(await shown()).toBeNull();
    const { body, headers } = hook.signed([hook.event("propertyChange", "1")]);
    await door.post(`/hooks/${hubspot}`, body);
    expect(await shown()).toEqual({ reason: "unsigned", count: 1, at: rig.deps.now().toISOString() });
    rig.advance(301_000);
    await door.post(`/hooks/${hubspot}`, body, headers);
    expect(await shown()).toEqual({ reason: "stale", count: 2, at: rig.deps.now().toISOString() });
  });

  it("is of its own connection", async () => {
    await door.post(`/hooks/${store}`, "{}");
    expect(await shown()).toBeNull();
  });
});
