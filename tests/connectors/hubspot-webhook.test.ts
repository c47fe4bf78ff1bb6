import { describe, expect, it } from "vitest";
import { hubspotSignature, isSignedByHubSpot } from "../../server/integrations/hubspot/signature.ts";
import { hubspotWebhook } from "../../server/integrations/hubspot/webhook.ts";
import type { Delivery, WebhookReading } from "../../server/integrations/webhook.ts";
import { deliveryOf, describeWebhook, eventsIn } from "./contract/webhooks.ts";

const NOW = 1_763_600_000_000;
const SECRET = "hubspot-client-secret-0123456789";
const URL = "https://chat.example.com/hooks/1";
const PORTAL = 891_936_587;

function signed(body: unknown, { at = NOW, url = URL } = {}): Delivery {
  const rawBody = Buffer.from(JSON.stringify(body));
  const timestamp = String(at);
  const signature = hubspotSignature({ method: "POST", url, rawBody, timestamp }, SECRET);
  const headers = { "x-hubspot-signature-v3": signature, "x-hubspot-request-timestamp": timestamp };
  return deliveryOf(rawBody, headers, url);
}

function read(delivery: Delivery, signing: string | null = SECRET): WebhookReading {
  return hubspotWebhook.read({
    ...delivery,
    secrets: { own: null, signing },
    settings: { baseUrl: "https://api.hubapi.com" },
    credentials: { token: "t" },
    accountId: String(PORTAL),
    now: () => NOW,
  });
}

const change = (objectId: string | number, more: Record<string, unknown> = {}) => ({
  eventId: 1,
  subscriptionId: 10,
  portalId: PORTAL,
  appId: 5,
  occurredAt: NOW - 1000,
  subscriptionType: "contact.propertyChange",
  attemptNumber: 0,
  objectId,
  propertyName: "phone",
  propertyValue: "+12025550123",
  ...more,
});

describeWebhook("HubSpot", {
  object: "contact",
  externalId: "101",
  signsBody: true,
  changed: (id) => signed([change(Number(id))]),
  foreign: (id) => signed([change(id, { portalId: 1 })]),
  unrelated: () => signed([change(7, { subscriptionType: "company.propertyChange" })]),
  read,
  readWithoutSecrets: (delivery) => read(delivery, null),
});

describe("HubSpot's signature v3", () => {
  const vector = {
    method: "POST",
    url: "https://www.example.com/webhook_uri",
    rawBody: Buffer.from("{'example_field':'example_value'}"),
  };
  const secret = "yyyyyyyy-yyyy-yyyy-yyyy-yyyyyyyyyyyy";

  it.each([
    ["1693657560000", "K36dawei4A+QBNolUOqo7s91KQDWQ5MXZ/QufNYuk/Y="],
    ["1700000300000", "RnbPH7+UMKVkbV32P8bz450N4M56aPmcru1+D3kSDtw="],
  ])("is the one HubSpot's own clients compute, at %s", (timestamp, signature) => {
    expect(hubspotSignature({ ...vector, timestamp }, secret)).toBe(signature);
    expect(isSignedByHubSpot({ ...vector, timestamp }, signature, secret)).toBe(true);
    expect(isSignedByHubSpot({ ...vector, timestamp }, signature, `${secret}x`)).toBe(false);
  });

  it("undoes the documented escapes in the address, in either case, and no others", () => {
    const of = (url: string) => hubspotSignature({ ...vector, url, timestamp: "1693657560000" }, secret);
    expect(of("https://a.test/x?q=%3A%2f%40%21%24%27%28%29%2A%2C%3B%3F")).toBe(of("https://a.test/x?q=:/@!$'()*,;?"));
    expect(of("https://a.test/x?q=%20")).not.toBe(of("https://a.test/x?q= "));
    expect(of("https://a.test/x?q=%26b%3D1")).not.toBe(of("https://a.test/x?q=&b=1"));
  });
});

describe("HubSpot's deliveries", () => {
  it.each([
    ["just within five minutes", NOW - 300_000, true],
    ["older than five minutes", NOW - 300_001, false],
    ["from the future", NOW + 120_000, false],
  ])("%s are judged by their own time", (_, at, ok) => {
    expect(read(signed([change(1)], { at })).ok).toBe(ok);
  });

  it("are refused when their time is no time", () => {
    const delivery = signed([change(1)]);
    delivery.headers.set("x-hubspot-request-timestamp", "1e12");
    expect(read(delivery)).toEqual({ ok: false, reason: "unsigned" });
  });

  it("count only for the address they were signed for", () => {
    const delivery = signed([change(1)], { url: "https://other.example.com/hooks/1" });
    expect(read({ ...delivery, url: URL })).toEqual({ ok: false, reason: "bad_signature" });
  });

  it.each([
    ["contact.creation", {}, "created"],
    ["contact.propertyChange", {}, "changed"],
    ["contact.deletion", {}, "deleted"],
    ["contact.restore", {}, "restored"],
    ["contact.privacyDeletion", {}, "privacy_deleted"],
    ["object.creation", { objectTypeId: "0-1" }, "created"],
    ["object.propertyChange", { objectTypeId: "0-1" }, "changed"],
    ["object.deletion", { objectTypeId: "0-1" }, "deleted"],
    ["object.restore", { objectTypeId: "0-1" }, "restored"],
  ])("say %s in HubSpot's words", (type, more, kind) => {
    expect(eventsIn(read(signed([change(9, { subscriptionType: type, ...more })])))).toMatchObject([
      { object: "contact", externalId: "9", kind },
    ]);
  });

  it("may name their type eventType, as the documents do", () => {
    const { subscriptionType, ...documented } = change(9);
    expect(eventsIn(read(signed([{ ...documented, eventType: subscriptionType }])))).toHaveLength(1);
  });

  it.each([
    ["object.creation", { objectTypeId: "0-2" }],
    ["contact.associationChange", {}],
    ["contact.constructor", {}],
    ["", {}],
  ])("about %s are left alone", (type, more) => {
    expect(eventsIn(read(signed([change(9, { subscriptionType: type, ...more })])))).toEqual([]);
  });

  it("of a merge name every record it concerns", () => {
    const merge = change(1, {
      subscriptionType: "contact.merge",
      primaryObjectId: 1,
      mergedObjectIds: [2, 3],
      newObjectId: 4,
    });
    const events = eventsIn(read(signed([merge])));
    expect(events.map(({ externalId }) => externalId).toSorted()).toEqual(["1", "2", "3", "4"]);
    expect(new Set(events.map(({ eventId }) => eventId)).size).toBe(4);
  });

  it("hold up to a hundred events, of which broken ones spoil no others", () => {
    const batch = [...Array.from({ length: 99 }, (_, at) => change(at + 1, { eventId: at })), { objectId: {} }];
    expect(eventsIn(read(signed(batch)))).toHaveLength(99);
  });

  it("tell a repeated attempt from a second event", () => {
    const [first] = eventsIn(read(signed([change(1)])));
    const [again] = eventsIn(read(signed([change(1, { attemptNumber: 3 })])));
    const [other] = eventsIn(read(signed([change(1, { occurredAt: NOW })])));
    expect(again).toEqual(first);
    expect(other?.eventId).not.toBe(first?.eventId);
  });
});
