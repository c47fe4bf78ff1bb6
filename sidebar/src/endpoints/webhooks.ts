import type {
  DeliveryPage,
  EndpointChange,
  MadeEndpoint,
  NewEndpoint,
  WebhookDelivery,
  WebhookEndpoint,
} from "@rolodesk/shared/webhook-endpoint";
import { request } from "../api.ts";
import { toParams } from "./sync-log.ts";

const PATH = "/api/webhook-endpoints";
const pathOf = (id: string) => `${PATH}/${encodeURIComponent(id)}`;

export function listEndpoints(): Promise<{ endpoints: WebhookEndpoint[] }> {
  return request("GET", PATH);
}
/** The answer tells the secret, this once. */
export function postEndpoint(input: NewEndpoint): Promise<MadeEndpoint> {
  return request("POST", PATH, input);
}
export function patchEndpoint(id: string, change: EndpointChange): Promise<WebhookEndpoint> {
  return request("PATCH", pathOf(id), change);
}
export function deleteEndpoint(id: string): Promise<void> {
  return request("DELETE", pathOf(id));
}
export function postEndpointSecret(id: string): Promise<MadeEndpoint> {
  return request("POST", `${pathOf(id)}/secret`);
}
export function postEndpointTest(id: string): Promise<WebhookDelivery> {
  return request("POST", `${pathOf(id)}/test`);
}
export function listDeliveries(
  id: string,
  query: { status?: WebhookDelivery["status"]; cursor?: string; limit: number },
): Promise<DeliveryPage> {
  return request("GET", `${pathOf(id)}/deliveries?${toParams(query)}`);
}
export function postRedelivery(id: string): Promise<WebhookDelivery> {
  return request("POST", `/api/webhook-deliveries/${encodeURIComponent(id)}/redeliver`);
}
