import { describe, expect, it } from "vitest";
import type { Delivery, WebhookEvent, WebhookReading } from "../../../server/integrations/webhook.ts";

interface WebhookHarness {
  /** What the CRM sends when this person's record changed, proved as the CRM proves it. */
  changed(externalId: string): Delivery;
  /** The same for another account of the same CRM; null where the proof itself is of one account alone. */
  foreign: ((externalId: string) => Delivery) | null;
  /** Proved, but about something that is no person. */
  unrelated(): Delivery;
  read(delivery: Delivery): WebhookReading;
  /** The same, before anybody has entered or made a secret. */
  readWithoutSecrets(delivery: Delivery): WebhookReading;
  /** Whether the proof covers the body; a shared secret does not. */
  readonly signsBody: boolean;
  readonly externalId: string;
  readonly object: string;
}

/** What every CRM's webhook keeps, whatever its signature looks like. */
export function describeWebhook(name: string, harness: WebhookHarness): void {
  const { read, externalId, object } = harness;

  describe(`${name} keeps the webhook contract`, () => {
    it("names the record of a proved delivery", () => {
      expect(eventsIn(read(harness.changed(externalId)))).toMatchObject([{ object, externalId, kind: "changed" }]);
    });

    it("gives one delivery the same event id however often it comes", () => {
      const delivery = harness.changed(externalId);
      expect(eventsIn(read(delivery))).toEqual(eventsIn(read(delivery)));
    });

    it("refuses a delivery without proof", () => {
      const { rawBody, url } = harness.changed(externalId);
      const bare = { rawBody, url: withoutQuery(url), pathSecret: null, headers: new Headers() };
      expect(read(bare)).toMatchObject({ ok: false });
    });

    it("refuses a proof with one wrong character", () => {
      expect(read(withWrongProof(harness.changed(externalId)))).toMatchObject({ ok: false });
    });

    it("believes nothing before its secret is known", () => {
      expect(harness.readWithoutSecrets(harness.changed(externalId))).toMatchObject({ ok: false });
    });

    it("refuses a proved body that is no JSON, or is judged by its bytes", () => {
      const delivery = harness.changed(externalId);
      expect(read({ ...delivery, rawBody: Buffer.from("not json") })).toMatchObject({ ok: false });
    });

    it.skipIf(!harness.signsBody)("refuses a body in which one byte was changed", () => {
      const delivery = harness.changed(externalId);
      const rawBody = Buffer.from(delivery.rawBody);
      rawBody[rawBody.length - 3] = (rawBody[rawBody.length - 3] ?? 0) ^ 1;
      expect(read({ ...delivery, rawBody })).toEqual({ ok: false, reason: "bad_signature" });
    });

    it.skipIf(harness.foreign === null)("finds nothing in a delivery about another account", () => {
      const delivery = harness.foreign?.(externalId);
      expect(delivery && read(delivery)).toEqual({ ok: true, events: [] });
    });

    it("accepts what concerns no person, and finds nothing in it", () => {
      expect(read(harness.unrelated())).toEqual({ ok: true, events: [] });
    });
  });
}

export function eventsIn(reading: WebhookReading): readonly WebhookEvent[] {
  if (!reading.ok) throw new Error(`The delivery was refused: ${reading.reason}.`);
  return reading.events;
}

export function deliveryOf(
  rawBody: string | Uint8Array,
  headers: Record<string, string> = {},
  url = "https://chat.example.com/hooks/1",
  pathSecret: string | null = null,
): Delivery {
  return { rawBody: Buffer.from(rawBody), headers: new Headers(headers), url, pathSecret };
}

function withoutQuery(url: string): string {
  return url.replace(/\?.*$/, "");
}

/** Turns one character of every header and of every secret in the address. */
function withWrongProof(delivery: Delivery): Delivery {
  const headers = new Headers([...delivery.headers].map(([name, value]) => [name, turned(name, value)]));
  const url = new URL(delivery.url);
  for (const [name, value] of url.searchParams) url.searchParams.set(name, flip(value));
  return { ...delivery, headers, url: url.href, pathSecret: delivery.pathSecret && flip(delivery.pathSecret) };
}

function turned(name: string, value: string): string {
  return /signature|secret/.test(name) ? flip(value) : value;
}

function flip(text: string): string {
  const at = Math.floor(text.length / 2);
  return `${text.slice(0, at)}${text[at] === "A" ? "B" : "A"}${text.slice(at + 1)}`;
}
