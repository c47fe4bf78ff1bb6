import {
  DeliveryPage,
  EndpointChange,
  EndpointList,
  ListDeliveries,
  MadeEndpoint,
  NewEndpoint,
  WebhookDelivery,
  WebhookEndpoint,
} from "@rolodesk/shared/webhook-endpoint";
import type { DescribedRoutes } from "./route-description.ts";

const ADMIN = { access: "admin", adminOnly: true } as const;

export const WEBHOOK_ROUTES: DescribedRoutes = {
  "GET /api/webhook-endpoints": {
    summary: "List the addresses that are told of events",
    ...ADMIN,
    answers: { 200: EndpointList },
  },
  "POST /api/webhook-endpoints": {
    summary: "Add an address that is told of events",
    details: "`secret` signs its deliveries. It is shown this once.",
    ...ADMIN,
    body: NewEndpoint,
    answers: { 201: MadeEndpoint },
    errors: [404],
  },
  "PATCH /api/webhook-endpoints/:id": {
    summary: "Change, pause or start a webhook",
    details: "One that starts again goes on with everything that still waits for it.",
    ...ADMIN,
    body: EndpointChange,
    answers: { 200: WebhookEndpoint },
  },
  "DELETE /api/webhook-endpoints/:id": {
    summary: "Remove a webhook with its log",
    ...ADMIN,
    answers: { 204: null },
  },
  "POST /api/webhook-endpoints/:id/secret": {
    summary: "Make a new secret for a webhook",
    details: "For 24 hours deliveries carry two signatures: the new secret's and the former one's.",
    ...ADMIN,
    answers: { 201: MadeEndpoint },
  },
  "POST /api/webhook-endpoints/:id/test": {
    summary: "Send a webhook a test event",
    ...ADMIN,
    answers: { 202: WebhookDelivery },
    errors: [409],
  },
  "GET /api/webhook-endpoints/:id/deliveries": {
    summary: "List what a webhook was sent",
    details: "Newest first, a page at a time. Kept for 30 days.",
    ...ADMIN,
    query: ListDeliveries,
    answers: { 200: DeliveryPage },
  },
  "POST /api/webhook-deliveries/:id/redeliver": {
    summary: "Send an event again",
    details: "With the same `webhook-id`, so that a receiver who has it already can tell.",
    ...ADMIN,
    answers: { 202: WebhookDelivery },
    errors: [409],
  },
};
