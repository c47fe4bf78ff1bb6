import { z } from "zod";
import { Id, Instant } from "./ids.ts";
import { DELIVERY_STATUSES, ENDPOINT_STATES, NAME_MAX_CHARS, OUTGOING_EVENT_TYPES } from "./vocabulary.ts";

const EventType = z.enum(OUTGOING_EVENT_TYPES);

/** An address that is to be told of events. */
export const NewEndpoint = z.strictObject({
  name: z.string().trim().min(1, "Say who is told.").max(NAME_MAX_CHARS),
  url: z.string().trim().min(1, "Write an address such as https://example.com/hooks.").max(2000),
  events: z.array(EventType).min(1, "Choose what it is told of.").max(OUTGOING_EVENT_TYPES.length),
  /** Sites whose events it is told; empty: every site, also later ones. */
  siteIds: z.array(Id).max(100).default([]),
});
export type NewEndpoint = z.infer<typeof NewEndpoint>;

/** What is left out stays. `active` false pauses it; true begins again with what still waits. */
export const EndpointChange = z.strictObject({
  name: NewEndpoint.shape.name.optional(),
  url: NewEndpoint.shape.url.optional(),
  events: NewEndpoint.shape.events.optional(),
  siteIds: z.array(Id).max(100).optional(),
  active: z.boolean().optional(),
});
export type EndpointChange = z.infer<typeof EndpointChange>;

export const WebhookEndpoint = z.object({
  id: Id,
  name: z.string(),
  url: z.string(),
  events: z.array(EventType),
  siteIds: z.array(Id),
  /** `disabled`: it failed for three days, or said that it is gone. */
  state: z.enum(ENDPOINT_STATES),
  failingSince: Instant.nullable(),
  /** Why the last delivery failed; null when it was taken. */
  problem: z.string().nullable(),
  /** How many deliveries wait for it. */
  waiting: z.number().int(),
  /** Until then deliveries carry the former secret's signature too; null when there is none. */
  formerSecretUntil: Instant.nullable(),
  createdAt: Instant,
});
export type WebhookEndpoint = z.infer<typeof WebhookEndpoint>;

export const EndpointList = z.object({ endpoints: z.array(WebhookEndpoint) });

/** `secret` (`whsec_…`) is shown this once. */
export const MadeEndpoint = z.object({ endpoint: WebhookEndpoint, secret: z.string() });
export type MadeEndpoint = z.infer<typeof MadeEndpoint>;

export const ListDeliveries = z.strictObject({
  status: z.enum(DELIVERY_STATUSES).optional(),
  cursor: Id.optional(),
  limit: z.coerce.number().int().min(1).max(100).default(50),
});
export type ListDeliveries = z.infer<typeof ListDeliveries>;

/** One event on its way to one endpoint. */
export const WebhookDelivery = z.object({
  id: Id,
  endpointId: Id,
  /** The `webhook-id` it travels with, in every try. */
  eventId: Id,
  type: z.enum([...OUTGOING_EVENT_TYPES, "webhook.test"]),
  /** The body as it is sent. */
  body: z.string(),
  status: z.enum(DELIVERY_STATUSES),
  attempts: z.number().int(),
  nextAttemptAt: Instant.nullable(),
  /** Of the last try: null when no answer came. */
  answerStatus: z.number().int().nullable(),
  /** At most the first KB. */
  answer: z.string().nullable(),
  problem: z.string().nullable(),
  durationMs: z.number().int().nullable(),
  createdAt: Instant,
  triedAt: Instant.nullable(),
});
export type WebhookDelivery = z.infer<typeof WebhookDelivery>;

export const DeliveryPage = z.object({ items: z.array(WebhookDelivery), nextCursor: Id.nullable() });
export type DeliveryPage = z.infer<typeof DeliveryPage>;
