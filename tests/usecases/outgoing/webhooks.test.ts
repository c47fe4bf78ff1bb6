import { OutgoingEvent } from "@rolodesk/shared/outgoing-event";
import { OUTGOING_EVENT_TYPES } from "@rolodesk/shared/vocabulary";
import { DeliveryPage, EndpointList, MadeEndpoint, type NewEndpoint } from "@rolodesk/shared/webhook-endpoint";
import { sql } from "drizzle-orm";
import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import { webhookDelivery } from "../../../server/db/schema/outgoing.ts";
import { site } from "../../../server/db/schema/site.ts";
import { createOutside } from "../../../server/net/outside.ts";
import { receiveMessage } from "../../../server/usecases/conversations/receive-message.ts";
import { deliverWebhook } from "../../../server/usecases/outgoing/deliver-webhook.ts";
import { forgetOutgoingEvents } from "../../../server/usecases/outgoing/forget-outgoing-events.ts";
import { tell } from "../../../server/usecases/outgoing/tell.ts";
import { type ConsoleDoor, consoleDoor } from "../../support/console-door.ts";
import { eventually } from "../../support/eventually.ts";
import { mintEmail, newId } from "../../support/ids.ts";
import { createSyncRig, type SyncRig } from "../../support/sync-rig.ts";
import { isSigned, openReceiver, type Receiver } from "../../support/webhook-receiver.ts";

const DAY_MS = 86_400_000;

let rig: SyncRig;
let door: ConsoleDoor;
let receiver: Receiver;
const made: string[] = [];

beforeAll(async () => {
  rig = await createSyncRig();
  door = consoleDoor(rig.deps, rig.admin);
  receiver = await openReceiver();
});
afterEach(async () => {
  await rig.workUntilIdle();
  for (const id of made.splice(0)) await door.send("DELETE", `/api/webhook-endpoints/${id}`);
  receiver.arrived.length = 0;
  receiver.answer = () => new Response(null, { status: 204 });
});
afterAll(async () => {
  await receiver.close();
  await rig.close();
});

async function add(change: Partial<NewEndpoint> = {}): Promise<MadeEndpoint> {
  const input = { name: "Shop system", url: receiver.url, events: [...OUTGOING_EVENT_TYPES], siteIds: [], ...change };
  const answer = await door.send("POST", "/api/webhook-endpoints", input);
  const endpoint = MadeEndpoint.parse(await answer.json());
  made.push(endpoint.endpoint.id);
  return endpoint;
}

async function endpointNow(id: string) {
  const { endpoints } = EndpointList.parse(await door.get("/api/webhook-endpoints"));
  return endpoints.find((one) => one.id === id);
}

async function deliveries(id: string) {
  return DeliveryPage.parse(await door.get(`/api/webhook-endpoints/${id}/deliveries`)).items;
}

const told = () => receiver.arrived.map(({ body }) => OutgoingEvent.parse(JSON.parse(body)));
const ended = (): Partial<NewEndpoint> => ({ events: ["conversation.ended"] });
const chatAndEnd = () => rig.chatAndEnd({ email: mintEmail("visitor") });

describe("an endpoint", () => {
  test("is told of a whole conversation and its sync, signed as Standard Webhooks has it", async () => {
    const { secret } = await add();
    await rig.connect("hubspot");
    const { conversationId } = await chatAndEnd();
    await rig.workUntilIdle();
    const types = told().map(({ type }) => type);
    expect(new Set(types)).toEqual(
      new Set([
        ...["conversation.started", "message.created", "contact.identified"],
        ...["conversation.ended", "sync.finished"],
      ]),
    );
    expect(types).toHaveLength(5);
    for (const event of told()) expect(event.data).toMatchObject({ conversationId, siteId: rig.siteId });
    for (const one of receiver.arrived) {
      expect(await isSigned(one, secret)).toBe(true);
      expect(await isSigned({ ...one, body: `${one.body} ` }, secret)).toBe(false);
    }
    expect(new Set(receiver.arrived.map(({ headers }) => headers.get("webhook-id"))).size).toBe(5);
  });

  test("is told of conflicts that wait and how they were settled", async () => {
    await add({ events: ["conflict.queued", "conflict.settled"] });
    const email = mintEmail("visitor");
    await rig.chatAndEnd({ email, firstName: "Ana", lastName: "Sample" });
    await rig.workUntilIdle();
    await rig.chatAndEnd({ email, firstName: "Bo", lastName: "Example" });
    await rig.workUntilIdle();
    const queued = told().flatMap((event) => (event.type === "conflict.queued" ? [event.data] : []));
    expect(queued.map(({ field }) => field).toSorted()).toEqual(["firstName", "lastName"]);
    await door.post("/api/conflicts/settle", {
      decision: "keep_crm",
      conflicts: queued.map(({ conflictId, crmValue, chatValue }) => ({
        id: conflictId,
        seenCrmValue: crmValue,
        seenChatValue: chatValue,
      })),
    });
    await rig.workUntilIdle();
    const settled = told().flatMap((event) => (event.type === "conflict.settled" ? [event.data] : []));
    expect(settled.map(({ outcome, decidedBy }) => [outcome, decidedBy])).toEqual([
      ["kept", rig.admin.name],
      ["kept", rig.admin.name],
    ]);
  });

  test("is told of a message in a running conversation once, also when it is sent twice", async () => {
    const chat = await rig.chat({});
    await add({ events: ["message.created"] });
    const message = { clientId: newId(), conversationId: chat.conversationId, text: "One more thing" };
    const [one, two] = [
      await receiveMessage(rig.deps, chat.actor, message),
      await receiveMessage(rig.deps, chat.actor, message),
    ];
    expect(two.message.id).toBe(one.message.id);
    await rig.workUntilIdle();
    expect(told()).toMatchObject([{ type: "message.created", data: { messageId: one.message.id, kind: "visitor" } }]);
  });

  test("is not told what it did not ask for, nor of other sites, nor while it is paused", async () => {
    const other = newId();
    await rig.deps.db.execute(sql`insert into site (id, key, name, accent, greeting, origins, ask, idle_minutes)
      select ${other}, ${newId()}, 'Other', accent, greeting, origins, ask, idle_minutes from site where id = ${rig.siteId}`);
    expect(await rig.deps.db.$count(site)).toBe(2);
    await add({ events: ["conflict.queued"] });
    await add({ ...ended(), siteIds: [other] });
    const paused = await add(ended());
    await door.send("PATCH", `/api/webhook-endpoints/${paused.endpoint.id}`, { active: false });
    await chatAndEnd();
    await rig.workUntilIdle();
    expect(receiver.arrived).toEqual([]);
  });

  test("is told nothing of what was rolled back", async () => {
    await add();
    const id = newId();
    const data = { conversationId: id, siteId: rig.siteId, contactId: null, startedAt: new Date().toISOString() };
    const failing = rig.deps.db.transaction(async (tx) => {
      await tell(tx, { ...rig.deps, enqueue: async () => {} }, "conversation.started", () => data);
      throw new Error("The transaction fails.");
    });
    await expect(failing).rejects.toThrow("fails");
    expect(await rig.deps.db.$count(webhookDelivery)).toBe(0);
  });

  test("takes a storm: everything arrives, nothing twice", async () => {
    await add({ events: ["conversation.started"] });
    const chats = await Promise.all(Array.from({ length: 30 }, () => rig.chat({})));
    await rig.work(2);
    const ids = told().map(({ data }) => ("conversationId" in data ? data.conversationId : null));
    expect(new Set(ids)).toEqual(new Set(chats.map(({ conversationId }) => conversationId)));
    expect(new Set(receiver.arrived.map(({ headers }) => headers.get("webhook-id"))).size).toBe(30);
    const page = await deliveries(made[0] ?? "");
    expect(page.map(({ status }) => status)).toEqual(Array.from({ length: 30 }, () => "delivered"));
  });

  test("carries both signatures for a day after its secret was changed", async () => {
    const { endpoint, secret } = await add(ended());
    const fresh = MadeEndpoint.parse(await door.post(`/api/webhook-endpoints/${endpoint.id}/secret`));
    expect(fresh.endpoint.formerSecretUntil).not.toBeNull();
    await chatAndEnd();
    await rig.work();
    rig.advance(DAY_MS + 1);
    await chatAndEnd();
    await rig.work();
    const [first, second] = receiver.arrived;
    if (!first || !second) throw new Error("Two deliveries were to arrive.");
    expect([await isSigned(first, secret), await isSigned(first, fresh.secret)]).toEqual([true, true]);
    expect([await isSigned(second, secret), await isSigned(second, fresh.secret)]).toEqual([false, true]);
  });

  test("gets a test event at once, and an old event again with the id it had", async () => {
    const { endpoint } = await add(ended());
    await door.post(`/api/webhook-endpoints/${endpoint.id}/test`);
    await rig.work();
    expect(told()).toMatchObject([{ type: "webhook.test", data: { endpointId: endpoint.id } }]);
    const [delivery] = await deliveries(endpoint.id);
    await door.post(`/api/webhook-deliveries/${delivery?.id}/redeliver`);
    await rig.work();
    const [one, two] = receiver.arrived.map(({ headers }) => headers.get("webhook-id"));
    expect(two).toBe(one);
    expect(await deliveries(endpoint.id)).toHaveLength(1);
  });
});

describe("a receiver", () => {
  test("that was down for a day gets everything once it is back, each with its one id", async () => {
    const { endpoint } = await add(ended());
    receiver.answer = () => new Response("Come back later", { status: 503 });
    await chatAndEnd();
    for (let hours = 0; hours < 24; hours += 1) {
      await rig.work();
      rig.advance(3_600_000);
    }
    expect((await deliveries(endpoint.id))[0]).toMatchObject({ status: "waiting", answerStatus: 503 });
    expect(await endpointNow(endpoint.id)).toMatchObject({
      state: "active",
      waiting: 1,
      problem: expect.stringContaining("503"),
    });
    receiver.answer = () => new Response(null, { status: 200 });
    await rig.workUntilIdle();
    expect(new Set(receiver.arrived.map(({ headers }) => headers.get("webhook-id"))).size).toBe(1);
    expect((await deliveries(endpoint.id))[0]).toMatchObject({ status: "delivered", problem: null });
    expect(await endpointNow(endpoint.id)).toMatchObject({ failingSince: null, problem: null, waiting: 0 });
  });

  test("that takes nothing for three days is disabled, and gets what waits when it is started again", async () => {
    const { endpoint } = await add(ended());
    receiver.answer = () => new Response(null, { status: 500 });
    await chatAndEnd();
    for (let halfDays = 0; halfDays < 7; halfDays += 1) {
      await rig.work();
      if (halfDays === 5) await chatAndEnd();
      rig.advance(DAY_MS / 2);
    }
    await rig.work();
    expect(await endpointNow(endpoint.id)).toMatchObject({
      state: "disabled",
      problem: expect.stringContaining("500"),
    });
    const tried = receiver.arrived.length;
    await rig.workUntilIdle();
    expect(receiver.arrived).toHaveLength(tried);
    receiver.answer = () => new Response(null, { status: 200 });
    await door.send("PATCH", `/api/webhook-endpoints/${endpoint.id}`, { active: true });
    await rig.workUntilIdle();
    expect(await endpointNow(endpoint.id)).toMatchObject({ state: "active", waiting: 0 });
  });

  test("that says it is gone is disabled at once", async () => {
    const { endpoint } = await add(ended());
    receiver.answer = () => new Response(null, { status: 410 });
    await chatAndEnd();
    await rig.work();
    expect((await endpointNow(endpoint.id))?.state).toBe("disabled");
  });

  test("that redirects is not followed", async () => {
    const { endpoint } = await add(ended());
    receiver.answer = () => new Response(null, { status: 302, headers: { location: "/elsewhere" } });
    await chatAndEnd();
    await rig.work();
    expect(receiver.arrived.map(({ path }) => path)).toEqual(["/hooks"]);
    expect((await deliveries(endpoint.id))[0]?.problem).toContain("redirect");
  });

  test("that answers at length is read for one KB", async () => {
    const { endpoint } = await add(ended());
    receiver.answer = () => new Response("x".repeat(3_000_000), { status: 200 });
    await chatAndEnd();
    await rig.work();
    const [delivery] = await deliveries(endpoint.id);
    expect([delivery?.status, delivery?.answer?.length]).toEqual(["delivered", 1024]);
  });

  test("hears again of what a killed process had sent and not noted, with the same id", async () => {
    await add(ended());
    await chatAndEnd();
    const [row] = await rig.deps.db.select().from(webhookDelivery);
    if (!row) throw new Error("There was to be a delivery.");
    const db = Object.create(rig.deps.db, { transaction: { value: () => new Promise(() => {}) } });
    void deliverWebhook({ ...rig.deps, db }, { deliveryId: row.id });
    await eventually("the first try to arrive", () => receiver.arrived.length === 1);
    await deliverWebhook(rig.deps, { deliveryId: row.id });
    const ids = receiver.arrived.map(({ headers }) => headers.get("webhook-id"));
    expect(ids).toEqual([row.eventId, row.eventId]);
  });
});

describe("an address inside a private network", () => {
  const INNER = [
    ...[
      "http://127.0.0.1/",
      "http://[::1]/",
      "http://169.254.169.254/latest",
      "http://0x7f000001/",
      "http://2130706433/",
    ],
    ...[
      "http://localhost./",
      "http://[::ffff:127.0.0.1]/",
      "http://10.0.0.1/",
      "http://172.16.0.1/",
      "http://192.168.1.1/",
    ],
    ...[
      "http://metadata.google.internal/",
      "http://ok@127.0.0.1/",
      "https://shop.example.com:22/",
      "file:///etc/passwd",
    ],
    ...["gopher://example.com/", "http://shop.example.com/", "not an address"],
  ];
  const production = () => {
    const config = { ...rig.deps.config, demo: false };
    const outside = createOutside({ resolve: async () => [{ address: "203.0.114.5", family: 4 }] });
    return { ...rig.deps, config, outside };
  };

  test.each(INNER)("is not saved: %s", async (url) => {
    const input = { name: "Inside", url, events: ["conversation.ended"] };
    const { status, body } = await consoleDoor(production(), rig.admin).ask<{ fields: object }>(
      "POST",
      "/api/webhook-endpoints",
      input,
    );
    expect([status, Object.keys(body.fields)]).toEqual([400, ["url"]]);
  });

  test("is not called either when a name leads there later", async () => {
    const { endpoint } = await add(ended());
    await chatAndEnd();
    const [row] = await rig.deps.db.select().from(webhookDelivery);
    await deliverWebhook(production(), { deliveryId: row?.id ?? "" });
    expect(receiver.arrived).toEqual([]);
    expect((await deliveries(endpoint.id))[0]).toMatchObject({ status: "waiting", answerStatus: null });
  });
});

test("agents may not see or change webhooks", async () => {
  const agent = consoleDoor(rig.deps, { ...rig.admin, role: "agent" });
  expect((await agent.send("GET", "/api/webhook-endpoints")).status).toBe(403);
});

test("what happened is forgotten after a month", async () => {
  await add(ended());
  await chatAndEnd();
  await rig.work();
  rig.advance(30 * DAY_MS + 1);
  await forgetOutgoingEvents(rig.deps);
  expect(await rig.deps.db.$count(webhookDelivery)).toBe(0);
});
