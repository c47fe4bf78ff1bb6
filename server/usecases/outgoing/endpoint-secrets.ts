import type { EndpointRow } from "../../db/queries/webhook-endpoint.ts";
import type { Deps } from "../../deps.ts";

export function sealEndpointSecret({ secrets }: Pick<Deps, "secrets">, endpointId: string, secret: string): string {
  return secrets.encrypt(secret, endpointAad(endpointId));
}

/** The secrets that sign now: the present one first, and the former for as long as it counts. */
export function openEndpointSecrets({ secrets, now }: Pick<Deps, "secrets" | "now">, endpoint: EndpointRow): string[] {
  const { id, secret, formerSecret, formerUntil } = endpoint;
  const present = secrets.decrypt(secret, endpointAad(id));
  const formerCounts = formerSecret !== null && formerUntil !== null && formerUntil > now();
  return formerCounts ? [present, secrets.decrypt(formerSecret, endpointAad(id))] : [present];
}

export function endpointAad(endpointId: string): string {
  return `endpoint:${endpointId}:secret`;
}
