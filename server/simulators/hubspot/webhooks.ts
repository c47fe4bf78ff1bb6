import { createHash, createHmac } from "node:crypto";
import type { DeliveryRules, Outgoing } from "../kit/deliveries.ts";
import type { RecordChange } from "../kit/webhooks.ts";
import { type Account, APP_ID } from "./account.ts";

/** An app's webhook settings: every kind of event about contacts is subscribed to. */
export interface HubSpotSubscription {
  readonly targetUrl: string;
  readonly clientSecret: string;
  /** The names of older apps, or of developer projects; "contact" when absent. */
  readonly vocabulary?: "contact" | "object";
}

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const EVENTS_PER_CALL = 100;

/** Five seconds to answer; up to ten repetitions over 24 hours (HubSpot, Webhooks API guide). The steps are not documented. */
export const HUBSPOT_DELIVERY: DeliveryRules = {
  answerWithinMs: 5_000,
  repeatsAfterMs: [
    ...[1, 3, 10, 30].map((minutes) => minutes * MINUTE_MS),
    ...[1, 2, 3, 4, 5, 6].map((hours) => hours * HOUR_MS),
  ],
};

type EventFields = Readonly<Record<string, unknown>>;

/** The calls that tell of changes: arrays of up to a hundred events, signed (v3, with the older v1 beside it). */
export function hubspotCalls(
  account: Account,
  random: () => number,
  changes: readonly RecordChange[],
  subscription: HubSpotSubscription,
): ((attempt: number) => Outgoing)[] {
  const occurredAt = account.now();
  const events = eventsOf(account, changes).map(({ type, ...fields }) => ({
    ...fields,
    eventId: Math.floor(random() * 2 ** 31),
    subscriptionId: 3_141_592,
    portalId: account.portalId,
    appId: Number(APP_ID),
    occurredAt,
    subscriptionType: `${type === "privacyDeletion" ? "contact" : (subscription.vocabulary ?? "contact")}.${type}`,
    ...(subscription.vocabulary === "object" && { objectTypeId: "0-1" }),
  }));
  return inPortions(events).map((portion) => (attempt) => {
    const body = JSON.stringify(portion.map((event) => ({ ...event, attemptNumber: attempt })));
    return signed(subscription, body, String(account.now()));
  });
}

function signed({ targetUrl, clientSecret }: HubSpotSubscription, body: string, timestamp: string): Outgoing {
  const source = `POST${targetUrl}${body}${timestamp}`;
  return {
    url: targetUrl,
    body,
    headers: {
      "content-type": "application/json",
      "user-agent": "HubSpot Connect 2.0 (http://dev.hubspot.com/)",
      "x-hubspot-request-timestamp": timestamp,
      "x-hubspot-signature-v3": createHmac("sha256", clientSecret).update(source).digest("base64"),
      "x-hubspot-signature-version": "v1",
      "x-hubspot-signature": createHash("sha256")
        .update(clientSecret + body)
        .digest("hex"),
    },
  };
}

type HubSpotEvent = EventFields & { readonly type: string };

function eventsOf(account: Account, changes: readonly RecordChange[]): HubSpotEvent[] {
  const merges = changes.flatMap((change) => mergeOf(account, change));
  const mergedAway = new Set(merges.flatMap(({ mergedObjectIds, objectId }) => [...mergedObjectIds, objectId]));
  const others = changes.filter(({ id }) => !mergedAway.has(Number(id)) && !isSurvivor(merges, id));
  return [...merges, ...others.flatMap((change) => plainEvents(account, change))];
}

function isSurvivor(merges: readonly { newObjectId: number }[], id: string): boolean {
  return merges.some(({ newObjectId }) => newObjectId === Number(id));
}

/** Two records became one: the primary itself, or a new one in its place. */
function mergeOf(account: Account, { id, before, after }: RecordChange) {
  const isMerge = after?.state?.startsWith("merged from") && after.state !== before?.state;
  if (!isMerge || before?.state === "archived") return [];
  const merged = (account.state().contacts[id]?.merged ?? []).map((one) => Number(one.id));
  const [first, secondary] = merged.slice(-2);
  const primary = before ? Number(id) : first;
  const away = before ? merged.at(-1) : secondary;
  if (primary === undefined || away === undefined) return [];
  return [
    {
      type: "merge",
      objectId: primary,
      primaryObjectId: primary,
      mergedObjectIds: [away],
      newObjectId: Number(id),
      numberOfPropertiesMoved: Object.keys(after?.values ?? {}).length,
      changeSource: "CRM_UI",
    },
  ];
}

function plainEvents(account: Account, { id, before, after, properties }: RecordChange): HubSpotEvent[] {
  const objectId = Number(id);
  const changeSource = "CRM_UI";
  if (!after) {
    return ["deletion", "privacyDeletion"].map((type) => ({ type, objectId, changeSource, changeFlag: "DELETED" }));
  }
  const wasArchived = before?.state === "archived";
  const isArchived = after.state === "archived";
  if (isArchived !== wasArchived) {
    return [{ type: isArchived ? "deletion" : "restore", objectId, changeSource }];
  }
  const creation = before ? [] : [{ type: "creation", objectId, changeSource, changeFlag: "NEW" }];
  return [...creation, ...properties.map((name) => propertyChange(account, id, name))];
}

function propertyChange(account: Account, id: string, propertyName: string): HubSpotEvent {
  const contact = account.state().contacts[id];
  const [latest] = contact?.history[propertyName] ?? [];
  return {
    type: "propertyChange",
    objectId: Number(id),
    propertyName,
    propertyValue: contact?.values[propertyName] ?? "",
    changeSource: latest?.sourceType ?? "CRM_UI",
    ...(latest?.sourceId !== undefined && { sourceId: latest.sourceId }),
  };
}

function inPortions<T>(all: readonly T[]): T[][] {
  const portions = Math.ceil(all.length / EVENTS_PER_CALL);
  return Array.from({ length: portions }, (_, at) => all.slice(at * EVENTS_PER_CALL, (at + 1) * EVENTS_PER_CALL));
}
