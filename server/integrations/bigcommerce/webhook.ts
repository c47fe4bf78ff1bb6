import { createHmac } from "node:crypto";
import type { WebhookEventKind } from "@rolodesk/shared/vocabulary";
import { z } from "zod";
import { equalSecrets } from "../equal-secrets.ts";
import { type CrmWebhook, parseBody, refused, type WebhookInput } from "../webhook.ts";
import type { BigCommerceCredentials, BigCommerceSettings } from "./settings.ts";

const SECRET_HEADER = "x-rolodesk-secret";
const MAX_DISTANCE_S = 5 * 60;

const Id = z
  .union([z.string(), z.number()])
  .transform(String)
  .pipe(z.string().regex(/^\d{1,12}$/));

const Notification = z.looseObject({
  scope: z.string(),
  producer: z.string(),
  hash: z.string().min(1).max(200),
  created_at: z.union([z.string(), z.number()]).transform(String).default(""),
  data: z.looseObject({ id: Id, address: z.looseObject({ customer_id: Id }).optional() }),
});

const KINDS: ReadonlyMap<string, WebhookEventKind> = new Map([
  ["store/customer/created", "created"],
  ["store/customer/updated", "changed"],
  ["store/customer/deleted", "deleted"],
]);
const ADDRESS_SCOPE = "store/customer/address/";

type Input = WebhookInput<BigCommerceSettings, BigCommerceCredentials>;

export const bigcommerceWebhook: CrmWebhook<BigCommerceSettings, BigCommerceCredentials> = {
  guide: {
    repeats: true,
    steps: [
      "Make a secret below.",
      'Create a webhook with the store\'s API (POST /v3/hooks) with the scope store/customer/*, the address above as destination, is_active true, and headers {"X-Rolodesk-Secret": "the secret"}. The control panel has no page for this.',
      "The address must be reachable over https on port 443. It may take a minute until the first event comes.",
    ],
    signing: null,
    own: {
      label: "X-Rolodesk-Secret",
      hint: "BigCommerce sends this header with each event. Where an event is also signed, its signature is checked with the app's client secret.",
      inAddress: false,
    },
  },
  read(input) {
    const { headers, secrets, settings } = input;
    const given = headers.get(SECRET_HEADER);
    if (given === null) return refused("unsigned");
    if (!secrets.own) return refused("not_set_up");
    if (!equalSecrets(given, secrets.own)) return refused("bad_signature");
    const obstacle = signatureProblem(input);
    if (obstacle) return refused(obstacle);
    const body = parseBody(input.rawBody);
    if (typeof body !== "object" || body === null) return refused("malformed");
    const parsed = Notification.safeParse(body);
    if (!parsed.success || parsed.data.producer !== `stores/${settings.storeHash}`) return { ok: true, events: [] };
    const { scope, hash, created_at, data } = parsed.data;
    const isAddress = scope.startsWith(ADDRESS_SCOPE);
    const kind = isAddress ? "changed" : KINDS.get(scope);
    const externalId = isAddress ? data.address?.customer_id : data.id;
    if (!kind || !externalId) return { ok: true, events: [] };
    return { ok: true, events: [{ eventId: `${scope}:${hash}:${created_at}`, object: "customer", externalId, kind }] };
  },
};

/** A signature that is there must be right, where the secret it was made with is known. */
function signatureProblem({ rawBody, headers, credentials, now }: Input): "bad_signature" | "stale" | null {
  const id = headers.get("webhook-id");
  const timestamp = headers.get("webhook-timestamp");
  const signatures = headers.get("webhook-signature");
  if (!id || !timestamp || !signatures || !credentials.appClientSecret) return null;
  const expected = `v1,${standardWebhookSignature(credentials.appClientSecret, { id, timestamp, rawBody })}`;
  if (!signatures.split(" ").some((one) => equalSecrets(one, expected))) return "bad_signature";
  return Math.abs(now() / 1000 - Number(timestamp)) <= MAX_DISTANCE_S ? null : "stale";
}

/** Base64 of HMAC-SHA256 over id, time (seconds) and body with points between (Standard Webhooks). */
export function standardWebhookSignature(
  key: string | Buffer,
  { id, timestamp, rawBody }: { readonly id: string; readonly timestamp: string; readonly rawBody: Uint8Array },
): string {
  return createHmac("sha256", key).update(`${id}.${timestamp}.`).update(rawBody).digest("base64");
}
