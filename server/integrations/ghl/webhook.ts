import { createHash } from "node:crypto";
import type { WebhookEventKind } from "@rolodesk/shared/vocabulary";
import { z } from "zod";
import { equalSecrets } from "../equal-secrets.ts";
import { type CrmWebhook, parseBody, refused, type WebhookInput, type WebhookReading } from "../webhook.ts";
import type { GhlCredentials, GhlSettings } from "./settings.ts";
import { highLevelKey, isSignedByHighLevel, signatureHeader } from "./signature.ts";
import { callOfEvent, callOfWorkflow } from "./told-calls.ts";

/**
 * HighLevel advises five minutes, but repeats deliveries for hours and lets people resend an original one for thirty days.
 * Repetitions are known by their id; this is how long that is remembered.
 */
const MAX_AGE_MS = 35 * 24 * 60 * 60_000;

const ContactId = z.string().regex(/^[A-Za-z0-9_-]{1,60}$/);

/** Flat, beside what it tells. */
const Notification = z.looseObject({
  type: z.string(),
  locationId: z.string(),
  id: ContactId.optional().catch(undefined),
  webhookId: z.string().min(1).max(200).optional(),
  timestamp: z.string().optional(),
});

/** A workflow's Custom Webhook: what it sends is what its author wrote. */
const WorkflowCall = z.looseObject({
  contact_id: ContactId.optional(),
  contactId: ContactId.optional(),
  id: ContactId.optional(),
});

/** HighLevel's own webhook action says whose it is. */
const OfLocation = z.looseObject({ location: z.looseObject({ id: z.string() }).optional() });

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
    repeats: true,
    steps: [
      "With a Marketplace app of your own (private is enough): under Webhooks, enter the address above as the Webhook URL and switch on ContactCreate, ContactUpdate, ContactDelete, ContactTagUpdate and ContactDndUpdate. Install the app in this sub-account.",
      "Without an app: make a secret below, and add to a workflow with the trigger Contact Changed the action Custom Webhook, POST, to the address with the secret in it, with contact_id = {{contact.id}} in its body.",
      "For telephone calls, with an app: also switch on InboundMessage, OutboundMessage and VoiceAiCallEnd. Without one: a workflow each with the triggers Call Details and Disposition, with callId, contactId, callStatus, callDuration, transcript or disposition in the body of its webhook, and event = Call Completed or event = Disposition. Not both, unless the body has messageId: under two ids a call would be here twice.",
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
  if (!parsed.success || parsed.data.locationId !== settings.locationId) return { ok: true, events: [] };
  const { type, id, webhookId, timestamp } = parsed.data;
  const call = callOfEvent(type, parsed.data, toldAt(timestamp, now));
  const kind = KINDS.get(type);
  if (!call && (!kind || !id)) return { ok: true, events: [] };
  if (timestamp && now() - Date.parse(timestamp) > MAX_AGE_MS) return refused("stale");
  if (!kind || !id) return { ok: true, events: [], phoneCalls: call ? [call] : [] };
  const eventId = webhookId ?? createHash("sha256").update(rawBody).digest("hex");
  return { ok: true, events: [{ eventId: `app:${eventId}`, object: "contact", externalId: id, kind }] };
}

/** Every call is an event of its own: workflows send nothing that tells a repetition, and reading again harms nobody. */
function readWorkflowCall({ rawBody, secrets, settings, now }: Input, given: string): WebhookReading {
  if (!secrets.own) return refused("not_set_up");
  if (!equalSecrets(given, secrets.own)) return refused("bad_signature");
  const body = parseBody(rawBody);
  const location = OfLocation.safeParse(body).data?.location;
  if (location && location.id !== settings.locationId) return { ok: true, events: [] };
  const told = callOfWorkflow(body, new Date(now()));
  if (told.kind === "nameless") return refused("malformed");
  if (told.kind === "call") return { ok: true, events: [], phoneCalls: [told.call] };
  const parsed = WorkflowCall.safeParse(body);
  const externalId = parsed.success ? (parsed.data.contact_id ?? parsed.data.contactId ?? parsed.data.id) : undefined;
  if (!parsed.success || !externalId) return refused("malformed");
  return {
    ok: true,
    events: [{ eventId: `workflow:${externalId}:${now()}`, object: "contact", externalId, kind: "changed" }],
  };
}

/** When it was said; a repetition has the time of the first. */
function toldAt(timestamp: string | undefined, now: () => number): Date {
  const at = timestamp === undefined ? Number.NaN : Date.parse(timestamp);
  return new Date(Number.isNaN(at) ? now() : at);
}
