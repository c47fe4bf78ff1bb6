import { generateKeyPairSync, sign } from "node:crypto";
import { describe, expect, it } from "vitest";
import { highLevelKey } from "../../server/integrations/ghl/signature.ts";
import { ghlWebhook } from "../../server/integrations/ghl/webhook.ts";
import type { Delivery, WebhookReading } from "../../server/integrations/webhook.ts";
import { deliveryOf, describeWebhook, eventsIn } from "./contract/webhooks.ts";

const NOW = 1_763_600_000_000;
const LOCATION = "demoLocation00000001";
const keys = generateKeyPairSync("ed25519");
const rsa = generateKeyPairSync("rsa", { modulusLength: 2048 });
const pem = (key: typeof keys.publicKey) => key.export({ type: "spki", format: "pem" }).toString();
const WORKFLOW_SECRET = "workflow-secret-0123456789";

function signed(body: unknown): Delivery {
  const rawBody = Buffer.from(JSON.stringify(body));
  return deliveryOf(rawBody, { "x-ghl-signature": sign(null, rawBody, keys.privateKey).toString("base64") });
}

function read(delivery: Delivery, signing: string | null = pem(keys.publicKey), own: string | null = WORKFLOW_SECRET) {
  return ghlWebhook.read({
    ...delivery,
    secrets: { own, signing },
    settings: { locationId: LOCATION, baseUrl: "https://ghl.test", appUrl: "https://ghl.test" },
    credentials: { token: "t" },
    accountId: LOCATION,
    now: () => NOW,
  });
}

const change = (id: string, more: Record<string, unknown> = {}) => ({
  type: "ContactUpdate",
  locationId: LOCATION,
  id,
  firstName: "Ana",
  timestamp: new Date(NOW - 1000).toISOString(),
  webhookId: "8656d90d-0000-4000-8000-000000000001",
  ...more,
});

describeWebhook("HighLevel's app", {
  object: "contact",
  externalId: "abcDEF123",
  signsBody: true,
  changed: (id) => signed(change(id)),
  foreign: (id) => signed(change(id, { locationId: "anotherLocation00001" })),
  unrelated: () => signed({ type: "INSTALL", locationId: LOCATION, id: "x" }),
  read: (delivery): WebhookReading => read(delivery),
  // without a key of its own the vendor's published one is asked, which has not signed this
  readWithoutSecrets: (delivery) => read(delivery, null),
});

describeWebhook("A HighLevel workflow", {
  object: "contact",
  externalId: "abcDEF123",
  signsBody: false,
  changed: (id) => deliveryOf(JSON.stringify({ contact_id: id }), {}, undefined, WORKFLOW_SECRET),
  foreign: (id) =>
    deliveryOf(
      JSON.stringify({ contact_id: id, location: { id: "anotherLocation00001" } }),
      {},
      undefined,
      WORKFLOW_SECRET,
    ),
  unrelated: () => signed({ type: "InboundMessage", locationId: LOCATION, contactId: "x" }),
  read: (delivery): WebhookReading => read(delivery),
  readWithoutSecrets: (delivery) => read(delivery, null, null),
});

describe("HighLevel's signature", () => {
  it("is checked with the key HighLevel publishes, unless another was entered", () => {
    expect(highLevelKey(null)?.asymmetricKeyType).toBe("ed25519");
    expect(highLevelKey(pem(keys.publicKey))?.equals(keys.publicKey)).toBe(true);
    expect(highLevelKey("no key")).toBeNull();
  });

  it("that says N/A is none", () => {
    const delivery = signed(change("a"));
    delivery.headers.set("x-ghl-signature", "N/A");
    expect(read(delivery)).toEqual({ ok: false, reason: "unsigned" });
  });

  it("of the older RSA kind counts only where its key was entered", () => {
    const rawBody = Buffer.from(JSON.stringify(change("a")));
    const old = deliveryOf(rawBody, { "x-wh-signature": sign("sha256", rawBody, rsa.privateKey).toString("base64") });
    expect(read(old)).toEqual({ ok: false, reason: "unsigned" });
    expect(read(old, pem(rsa.publicKey)).ok).toBe(true);
    expect(read(signed(change("a")), pem(rsa.publicKey))).toEqual({ ok: false, reason: "unsigned" });
  });
});

describe("HighLevel's deliveries", () => {
  it.each([
    ["ContactCreate", "created"],
    ["ContactUpdate", "changed"],
    ["ContactTagUpdate", "changed"],
    ["ContactDndUpdate", "changed"],
    ["ContactDelete", "deleted"],
  ])("say %s in HighLevel's words", (type, kind) => {
    expect(eventsIn(read(signed(change("a", { type }))))).toMatchObject([{ kind, externalId: "a" }]);
  });

  it("are known again by their webhookId, whatever time a repetition bears", () => {
    const [first] = eventsIn(read(signed(change("a"))));
    const [again] = eventsIn(read(signed(change("a", { timestamp: new Date(NOW).toISOString() }))));
    expect(again?.eventId).toBe(first?.eventId);
  });

  it("may be hours old, as repetitions are, but not older than they are remembered", () => {
    const at = (ms: number) => signed(change("a", { timestamp: new Date(NOW - ms).toISOString() }));
    expect(read(at(12 * 3_600_000)).ok).toBe(true);
    expect(read(at(36 * 24 * 3_600_000))).toEqual({ ok: false, reason: "stale" });
  });
});
