import { describe, expect, it } from "vitest";
import { DynamicsSettings } from "../../server/integrations/dynamics/schema.ts";
import { dynamicsWebhook } from "../../server/integrations/dynamics/webhook.ts";
import type { Delivery, WebhookReading } from "../../server/integrations/webhook.ts";
import { deliveryOf, describeWebhook, eventsIn } from "./contract/webhooks.ts";

const KEY = "webhook-key-0123456789";
const ID = "0f8a3c52-1111-4222-8333-444455556666";
const URL = `https://chat.example.com/hooks/1?code=${KEY}`;

/** As in Microsoft's "Use webhooks", shortened. */
const context = (more: Record<string, unknown> = {}) => ({
  BusinessUnitId: "e2b9dd85-0000-4000-8000-000000000000",
  CorrelationId: "c4e6f28a-0000-4000-8000-000000000000",
  Depth: 1,
  InputParameters: [{ key: "Target", value: { Attributes: [{ key: "firstname", value: "Ana" }] } }],
  MessageName: "Update",
  Mode: 1,
  OperationCreatedOn: "/Date(1506409448000-0700)/",
  OperationId: "4af10637-4ea2-e711-8122-000d3aa331f4",
  PrimaryEntityId: ID,
  PrimaryEntityName: "contact",
  Stage: 40,
  ...more,
});

const sent = (body: unknown) => deliveryOf(JSON.stringify(body), {}, URL);

function read(delivery: Delivery, own: string | null = KEY): WebhookReading {
  return dynamicsWebhook.read({
    ...delivery,
    secrets: { own, signing: null },
    settings: DynamicsSettings.parse({ environmentUrl: "https://contoso.crm.dynamics.com", tenantId: "contoso" }),
    credentials: { clientId: "c", clientSecret: "s" },
    accountId: "organization",
    now: () => 0,
  });
}

describeWebhook("Dynamics 365", {
  object: "contact",
  externalId: ID,
  signsBody: false,
  changed: (id) => sent(context({ PrimaryEntityId: id })),
  foreign: null,
  unrelated: () => sent(context({ PrimaryEntityName: "account" })),
  read: (delivery) => read(delivery),
  readWithoutSecrets: (delivery) => read(delivery, null),
});

describe("Dynamics' deliveries", () => {
  it.each([
    ["Create", "created"],
    ["Update", "changed"],
    ["SetStateDynamicEntity", "changed"],
    ["Merge", "merged"],
    ["Delete", "deleted"],
  ])("say %s in Dataverse's words", (MessageName, kind) => {
    expect(eventsIn(read(sent(context({ MessageName, PrimaryEntityName: "lead" }))))).toMatchObject([
      { object: "lead", externalId: ID, kind },
    ]);
  });

  it("may carry the key in a header instead of the address", () => {
    const bare = "https://chat.example.com/hooks/1";
    expect(read(deliveryOf(JSON.stringify(context()), { "x-rolodesk-secret": KEY }, bare)).ok).toBe(true);
    expect(read(deliveryOf(JSON.stringify(context()), { "x-rolodesk-secret": "no" }, bare)).ok).toBe(false);
  });

  it("name the same event in a second attempt, and another one in another operation", () => {
    const [first] = eventsIn(read(sent(context())));
    const [again] = eventsIn(read(sent(context({ InputParameters: [] }))));
    const [other] = eventsIn(read(sent(context({ OperationId: ID }))));
    expect(again).toEqual(first);
    expect(other?.eventId).not.toBe(first?.eventId);
  });

  it("are read although Dataverse cut them for their size", () => {
    const { InputParameters: _, ...cut } = context();
    expect(eventsIn(read(sent(cut)))).toHaveLength(1);
  });

  it("about a message or an id that is none are left alone", () => {
    expect(eventsIn(read(sent(context({ MessageName: "constructor" }))))).toEqual([]);
    expect(eventsIn(read(sent(context({ PrimaryEntityId: "1 or 1=1" }))))).toEqual([]);
  });
});
