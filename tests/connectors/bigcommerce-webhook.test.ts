import { describe, expect, it } from "vitest";
import { bigcommerceWebhook, standardWebhookSignature } from "../../server/integrations/bigcommerce/webhook.ts";
import type { Delivery, WebhookReading } from "../../server/integrations/webhook.ts";
import { deliveryOf, describeWebhook, eventsIn } from "./contract/webhooks.ts";

const NOW = 1_763_600_000_000;
const OWN = "our-own-secret-0123456789";
const APP_SECRET = "app-client-secret-0123456789";

const event = (id: string | number, more: Record<string, unknown> = {}) => ({
  scope: "store/customer/updated",
  store_id: "1025646",
  data: { type: "customer", id },
  hash: "8768ab15aa86c6d73c7e4c3efbaee072110ad1c2",
  created_at: 1_561_481_571,
  producer: "stores/abc123",
  ...more,
});

const sent = (body: unknown, headers: Record<string, string> = {}) =>
  deliveryOf(JSON.stringify(body), { "x-rolodesk-secret": OWN, ...headers });

function signed(body: unknown, seconds = NOW / 1000): Delivery {
  const rawBody = Buffer.from(JSON.stringify(body));
  const timestamp = String(seconds);
  const signature = standardWebhookSignature(APP_SECRET, { id: "msg_1", timestamp, rawBody });
  return sent(body, {
    "webhook-id": "msg_1",
    "webhook-timestamp": timestamp,
    "webhook-signature": `v1,${signature}`,
  });
}

function read(delivery: Delivery, own: string | null = OWN): WebhookReading {
  return bigcommerceWebhook.read({
    ...delivery,
    secrets: { own, signing: null },
    settings: { storeHash: "abc123", allowCreate: "no", baseUrl: "https://api.bigcommerce.com", storeUrl: null },
    credentials: { accessToken: "t", appClientId: "c", appClientSecret: APP_SECRET },
    accountId: "abc123",
    now: () => NOW,
  });
}

describeWebhook("BigCommerce", {
  object: "customer",
  externalId: "32",
  signsBody: false,
  changed: (id) => sent(event(Number(id))),
  foreign: (id) => sent(event(id, { producer: "stores/other" })),
  unrelated: () => sent(event(1, { scope: "store/order/created" })),
  read: (delivery) => read(delivery),
  readWithoutSecrets: (delivery) => read(delivery, null),
});

describe("BigCommerce's signature", () => {
  it("is the one the Standard Webhooks specification shows", () => {
    const key = Buffer.from("MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw", "base64");
    const rawBody = Buffer.from('{"test": 2432232314}');
    const signature = standardWebhookSignature(key, {
      id: "msg_p5jXN8AQM9LWM0D4loKWxJek",
      timestamp: "1614265330",
      rawBody,
    });
    expect(signature).toBe("g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=");
  });

  it("must be right where there is one", () => {
    const good = signed(event(32));
    expect(read(good).ok).toBe(true);
    expect(read({ ...good, rawBody: Buffer.from(JSON.stringify(event(33))) })).toMatchObject({ ok: false });
    expect(read(signed(event(32), NOW / 1000 - 301))).toEqual({ ok: false, reason: "stale" });
  });

  it("does not stand for our own secret", () => {
    const delivery = signed(event(32));
    delivery.headers.delete("x-rolodesk-secret");
    expect(read(delivery)).toEqual({ ok: false, reason: "unsigned" });
  });
});

describe("BigCommerce's deliveries", () => {
  it("of an address concern its customer", () => {
    const address = event(900, {
      scope: "store/customer/address/updated",
      data: { type: "customer", id: 900, address: { customer_id: 32 } },
    });
    expect(eventsIn(read(sent(address)))).toMatchObject([{ externalId: "32", kind: "changed" }]);
  });

  it.each([
    ["store/customer/created", "created"],
    ["store/customer/deleted", "deleted"],
  ])("say %s in BigCommerce's words", (scope, kind) => {
    expect(eventsIn(read(sent(event(1, { scope }))))).toMatchObject([{ kind }]);
  });
});
