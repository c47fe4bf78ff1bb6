import type { WebhookEventKind } from "@rolodesk/shared/vocabulary";
import { z } from "zod";
import { type CrmWebhook, parseBody, refused, type WebhookEvent, type WebhookInput } from "../webhook.ts";
import type { HubSpotCredentials, HubSpotSettings } from "./connector.ts";
import { isSignedByHubSpot } from "./signature.ts";

/** HubSpot: refuse what is older than five minutes. Its clock may be a little ahead of ours. */
const MAX_AGE_MS = 5 * 60_000;
const MAX_AHEAD_MS = 60_000;

/** Of the object types, contacts alone (`0-1`). */
const CONTACT_TYPE_ID = "0-1";

const RecordId = z
  .union([z.string(), z.number()])
  .transform(String)
  .pipe(z.string().regex(/^\d{1,20}$/));

/** One of up to a hundred in a delivery. The documents say `eventType`, deliveries `subscriptionType`. */
const Notification = z.looseObject({
  subscriptionType: z.string().optional(),
  eventType: z.string().optional(),
  objectTypeId: z.string().optional(),
  objectId: RecordId,
  portalId: z.union([z.string(), z.number()]).transform(String),
  eventId: z.union([z.string(), z.number()]).transform(String).default(""),
  occurredAt: z.union([z.string(), z.number()]).transform(String).default(""),
  propertyName: z.string().default(""),
  primaryObjectId: RecordId.optional(),
  newObjectId: RecordId.nullish(),
  mergedObjectIds: z.array(RecordId).default([]),
});
type Notification = z.infer<typeof Notification>;

/** The last part of `contact.creation` and of `object.creation`. */
const KINDS: ReadonlyMap<string, WebhookEventKind> = new Map([
  ["creation", "created"],
  ["propertyChange", "changed"],
  ["deletion", "deleted"],
  ["merge", "merged"],
  ["restore", "restored"],
  ["privacyDeletion", "privacy_deleted"],
]);

export const hubspotWebhook: CrmWebhook<HubSpotSettings, HubSpotCredentials> = {
  guide: {
    repeats: true,
    steps: [
      "In HubSpot, open the app whose token this connection uses, and its Webhooks page (in a developer project: the file webhooks-hsmeta.json).",
      "Enter the address above as the Target URL. It must be reachable from the internet over https.",
      "Subscribe to Contact: Created, Deleted, Merged, Restored, Deleted for privacy, and Property changed for each property of the data mapping.",
      "Activate the subscriptions. Service keys cannot send webhooks; an app is needed.",
    ],
    signing: {
      label: "Client secret",
      hint: "On the app's Auth page. HubSpot signs its deliveries with it; without it none is believed.",
      required: true,
    },
    own: null,
  },
  read(input) {
    const obstacle = refusalOf(input);
    if (obstacle) return refused(obstacle);
    const body = parseBody(input.rawBody);
    if (!Array.isArray(body)) return refused("malformed");
    return { ok: true, events: body.flatMap((one: unknown) => eventsOf(one, input.accountId)) };
  },
};

function refusalOf({
  rawBody,
  headers,
  url,
  secrets,
  now,
}: WebhookInput<HubSpotSettings, HubSpotCredentials>): "not_set_up" | "unsigned" | "bad_signature" | "stale" | null {
  const signature = headers.get("x-hubspot-signature-v3");
  const timestamp = headers.get("x-hubspot-request-timestamp");
  if (!signature || !timestamp || !/^\d{13}$/.test(timestamp)) return "unsigned";
  if (!secrets.signing) return "not_set_up";
  if (!isSignedByHubSpot({ method: "POST", url, rawBody, timestamp }, signature, secrets.signing)) {
    return "bad_signature";
  }
  const age = now() - Number(timestamp);
  return age > MAX_AGE_MS || age < -MAX_AHEAD_MS ? "stale" : null;
}

function eventsOf(one: unknown, portalId: string): WebhookEvent[] {
  const parsed = Notification.safeParse(one);
  if (!parsed.success || parsed.data.portalId !== portalId) return [];
  const notification = parsed.data;
  const [subject = "", verb = ""] = (notification.subscriptionType ?? notification.eventType ?? "").split(".");
  const kind = KINDS.get(verb);
  const isContact = subject === "contact" || (subject === "object" && notification.objectTypeId === CONTACT_TYPE_ID);
  if (!kind || !isContact) return [];
  return concerned(notification, kind).map((externalId) => ({
    eventId: eventIdOf(notification, subject, verb, externalId),
    object: "contact",
    externalId,
    kind,
  }));
}

/** A merge concerns the records that were merged away, the one they were merged into, and the new one, if any. */
function concerned(notification: Notification, kind: WebhookEventKind): string[] {
  const { objectId, primaryObjectId, newObjectId, mergedObjectIds } = notification;
  if (kind !== "merged") return [objectId];
  const ids = [...mergedObjectIds, objectId, primaryObjectId, newObjectId];
  return [...new Set(ids.filter((id) => typeof id === "string"))];
}

/** HubSpot's own `eventId` is "not guaranteed to be unique". `attemptNumber` differs between deliveries of one event. */
function eventIdOf({ eventId, occurredAt, propertyName }: Notification, subject: string, verb: string, id: string) {
  return [subject, verb, id, eventId, occurredAt, propertyName].join(":");
}
