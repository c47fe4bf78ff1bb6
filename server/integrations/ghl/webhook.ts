import { createHash } from "node:crypto";
import type { WebhookEventKind } from "@rolodesk/shared/vocabulary";
import { z } from "zod";
import { equalSecrets } from "../equal-secrets.ts";
import { type CrmWebhook, parseBody, refused, type WebhookInput, type WebhookReading } from "../webhook.ts";
import type { GhlCredentials, GhlSettings } from "./settings.ts";
import { highLevelKey, isSignedByHighLevel, signatureHeader } from "./signature.ts";

/**
 * HighLevel advises five minutes, but repeats deliveries for hours and lets people resend an original one for thirty days.
 * Repetitions are known by their id; this is how long that is remembered.
 */
const MAX_AGE_MS = 35 * 24 * 60 * 60_000;

const ContactId = z.string().regex(/^[A-Za-z0-9_-]{1,60}$/);

/** Flat, beside the contact's values. */
const Notification = z.looseObject({
  type: z.string(),
  locationId: z.string(),
  id: ContactId,
  webhookId: z.string().min(1).max(200).optional(),
  timestamp: z.string().optional(),
});

/** A workflow's Custom Webhook: what it sends is what its author wrote. */
const WorkflowCall = z.looseObject({
  contact_id: ContactId.optional(),
  contactId: ContactId.optional(),
  id: ContactId.optional(),
  location: z.looseObject({ id: z.string() }).optional(),
});

const KINDS: ReadonlyMap<string, WebhookEventKind> = new Map([
  ["ContactCreate", "created"],
  ["ContactUpdate", "changed"],
  ["ContactTagUpdate", "changed"],
  ["ContactDndUpdate", "changed"],
  ["ContactDelete", "deleted"],
]);

type Input = WebhookInput<GhlSettings, GhlCredentials>;

export const ghlWebhook: CrmWebhook<GhlSettings, GhlCredentials> = {
  guide: {
    steps: [
      "With a Marketplace app of your own (private is enough): under Webhooks, enter the address above as the Webhook URL and switch on ContactCreate, ContactUpdate, ContactDelete, ContactTagUpdate and ContactDndUpdate. Install the app in this sub-account.",
      "Without an app: make a secret below, and add to a workflow with the trigger Contact Changed the action Custom Webhook, POST, to the address with the secret in it, with contact_id = {{contact.id}} in its body.",
      "A Private Integration token alone brings no webhooks.",
    ],
    signing: {
      label: "Public key",
      hint: "Only when HighLevel has published another one than Rolodesk knows: the whole block from BEGIN to END PUBLIC KEY.",
      required: false,
    },
    own: {
      label: "Secret of workflow webhooks",
      hint: "Workflows do not sign what they send; the secret in the address is what proves it.",
      inAddress: true,
    },
  },
  read: (input) => (input.pathSecret === null ? readSigned(input) : readWorkflowCall(input, input.pathSecret)),
};

function readSigned({ rawBody, headers, secrets, settings, now }: Input): WebhookReading {
  const key = highLevelKey(secrets.signing);
  if (!key) return refused("not_set_up");
  const signature = headers.get(signatureHeader(key));
  if (!signature || signature === "N/A") return refused("unsigned");
  if (!isSignedByHighLevel(rawBody, signature, key)) return refused("bad_signature");
  const body = parseBody(rawBody);
  if (typeof body !== "object" || body === null) return refused("malformed");
  const parsed = Notification.safeParse(body);
  const kind = parsed.success ? KINDS.get(parsed.data.type) : undefined;
  if (!parsed.success || !kind || parsed.data.locationId !== settings.locationId) return { ok: true, events: [] };
  const { id, webhookId, timestamp } = parsed.data;
  if (timestamp && now() - Date.parse(timestamp) > MAX_AGE_MS) return refused("stale");
  const eventId = webhookId ?? createHash("sha256").update(rawBody).digest("hex");
  return { ok: true, events: [{ eventId: `app:${eventId}`, object: "contact", externalId: id, kind }] };
}

/** Every call is an event of its own: workflows send nothing that tells a repetition, and reading again harms nobody. */
function readWorkflowCall({ rawBody, secrets, settings, now }: Input, given: string): WebhookReading {
  if (!secrets.own) return refused("not_set_up");
  if (!equalSecrets(given, secrets.own)) return refused("bad_signature");
  const parsed = WorkflowCall.safeParse(parseBody(rawBody));
  const externalId = parsed.success ? (parsed.data.contact_id ?? parsed.data.contactId ?? parsed.data.id) : undefined;
  if (!parsed.success || !externalId) return refused("malformed");
  if (parsed.data.location && parsed.data.location.id !== settings.locationId) return { ok: true, events: [] };
  return {
    ok: true,
    events: [{ eventId: `workflow:${externalId}:${now()}`, object: "contact", externalId, kind: "changed" }],
  };
}
