import { generateKeyPairSync, randomUUID, sign } from "node:crypto";
import type { DeliveryRules, Outgoing } from "../kit/deliveries.ts";
import type { RecordChange } from "../kit/webhooks.ts";
import type { GhlState } from "./state.ts";

/** A marketplace app's webhook, with every contact and call event switched on. */
export interface GhlSubscription {
  readonly url: string;
  /** An address with a secret in it, for the webhooks of workflows about calls. */
  readonly workflowUrl?: string;
}

const FIRST_WAIT_MS = 10_000;
const REPETITIONS = 12;

/** Up to 12 repetitions with growing waits after anything but 2xx (HighLevel, Webhook logs). The steps are not documented. */
export const GHL_DELIVERY: DeliveryRules = {
  answerWithinMs: 10_000,
  repeatsAfterMs: Array.from({ length: REPETITIONS }, (_, at) => FIRST_WAIT_MS * 2 ** at),
};

export const APP = { appId: "65f0c0ffee00000000000001", versionId: "65f0c0ffee00000000000001" };

/** The calls that tell of changes: one event each, flat, with the values that are not empty; a repetition is the same call. */
export function ghlCalls(
  locationId: string,
  { privateKey, now }: { readonly privateKey: string; readonly now: () => number },
  changes: readonly RecordChange[],
  { url }: GhlSubscription,
): (() => Outgoing)[] {
  const timestamp = new Date(now()).toISOString();
  return changes.flatMap((change) =>
    typesOf(change).map((type) => {
      const body = JSON.stringify({
        type,
        locationId,
        ...APP,
        ...(type === "ContactDelete" ? {} : heldValues(change.after?.values ?? {})),
        id: change.id,
        timestamp,
        webhookId: randomUUID(),
      });
      const signature = sign(null, Buffer.from(body), privateKey).toString("base64");
      const headers = { "content-type": "application/json", "x-ghl-signature": signature, "x-wh-signature": "N/A" };
      return () => ({ url, headers, body });
    }),
  );
}

/** There is no event for a merge: the one that was merged away is deleted, the other is updated. */
function typesOf({ before, after, properties }: RecordChange): string[] {
  if (!after || after.state !== null) return before?.state === null ? ["ContactDelete"] : [];
  if (!before) return ["ContactCreate"];
  const dnd = properties.filter((name) => name === "dnd" || name === "dndSettings");
  const tags = properties.filter((name) => name === "tags");
  return [
    ...(properties.length > dnd.length + tags.length ? ["ContactUpdate"] : []),
    ...(dnd.length > 0 ? ["ContactDndUpdate"] : []),
    ...(tags.length > 0 ? ["ContactTagUpdate"] : []),
  ];
}

function heldValues({ additionalEmails: _, additionalPhones: __, ...values }: Readonly<Record<string, unknown>>) {
  return Object.fromEntries(Object.entries(values).filter(([, value]) => value !== null && value !== ""));
}

/** The key pair by which this simulated HighLevel signs, in PEM: made once, and kept with the records. */
export function webhookKeys(store: { readonly state: GhlState; save(): void }): NonNullable<GhlState["webhookKeys"]> {
  if (store.state.webhookKeys) return store.state.webhookKeys;
  const { publicKey, privateKey } = generateKeyPairSync("ed25519");
  const keys = {
    publicKey: publicKey.export({ type: "spki", format: "pem" }).toString(),
    privateKey: privateKey.export({ type: "pkcs8", format: "pem" }).toString(),
  };
  store.state.webhookKeys = keys;
  store.save();
  return keys;
}
