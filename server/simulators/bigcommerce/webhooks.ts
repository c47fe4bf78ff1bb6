import { createHash, createHmac, randomUUID } from "node:crypto";
import type { DeliveryRules, Outgoing } from "../kit/deliveries.ts";
import type { RecordChange } from "../kit/webhooks.ts";
import type { StoreApp } from "./storefront.ts";

export type HookScope =
  | "store/customer/*"
  | "store/customer/created"
  | "store/customer/updated"
  | "store/customer/deleted";

/** What `POST /v3/hooks` asks for. */
export interface BigCommerceSubscription {
  readonly scope: HookScope;
  readonly destination: string;
  /** Sent along with every event. */
  readonly headers: Readonly<Record<string, string>>;
}

const SECONDS = [60, 180, 300, 600, 900, 1800, 3600, 7200, 21_600, 50_400, 86_400];

/** Repeated for 48 hours after anything but 2xx, in these steps (BigCommerce, Webhooks overview). */
export const BIGCOMMERCE_DELIVERY: DeliveryRules = {
  answerWithinMs: 10_000,
  repeatsAfterMs: SECONDS.map((seconds) => seconds * 1000),
};

interface HookSender {
  readonly storeHash: string;
  /** Signs where there is one: events of a store-level account alone come unsigned. */
  readonly app: StoreApp | undefined;
  readonly now: () => number;
}

/** The calls that tell of changes: only the customer's id, never a value. Each attempt is stamped and signed anew. */
export function bigcommerceCalls(
  { storeHash, app, now }: HookSender,
  changes: readonly RecordChange[],
  { scope: wanted, destination, headers }: BigCommerceSubscription,
): (() => Outgoing)[] {
  const events = changes.flatMap((change) => {
    const scope = scopeOf(change);
    return scope && (wanted === "store/customer/*" || wanted === scope) ? [{ scope, id: Number(change.id) }] : [];
  });
  return events.map(({ scope, id }) => {
    const event = {
      scope,
      store_id: "1025646",
      data: { type: "customer", id },
      created_at: Math.floor(now() / 1000),
      producer: `stores/${storeHash}`,
    };
    const hash = createHash("sha1")
      .update(`${JSON.stringify(event)}${randomUUID()}`)
      .digest("hex");
    const body = JSON.stringify({ ...event, hash });
    const messageId = `msg_${randomUUID()}`;
    return () => ({
      url: destination,
      body,
      headers: { "content-type": "application/json", ...headers, ...(app && signatureOf(app, messageId, now(), body)) },
    });
  });
}

/** Standard Webhooks, with the app's client secret as the key. */
function signatureOf({ clientSecret }: StoreApp, id: string, nowMs: number, body: string): Record<string, string> {
  const timestamp = String(Math.floor(nowMs / 1000));
  const signature = createHmac("sha256", clientSecret).update(`${id}.${timestamp}.${body}`).digest("base64");
  return { "webhook-id": id, "webhook-timestamp": timestamp, "webhook-signature": `v1,${signature}` };
}

/** Changed addresses have events of their own, and do not count as an update of the customer. */
function scopeOf({ before, after, properties }: RecordChange): HookScope | null {
  if (!after || after.state === "deleted") return before?.state === null ? "store/customer/deleted" : null;
  if (!before) return "store/customer/created";
  const onlyAddresses = properties.length > 0 && properties.every((name) => name === "addresses");
  return onlyAddresses ? null : "store/customer/updated";
}
