import { createHmac, generateKeyPairSync, randomUUID, sign } from "node:crypto";
import { createHttpApp } from "../../server/http/app.ts";
import { createPresence } from "../../server/presence.ts";
import { makeWebhookSecret, saveSigningSecret } from "../../server/usecases/webhooks/webhook-secrets.ts";
import type { Served } from "./serve.ts";
import type { SyncRig } from "./sync-rig.ts";

export interface HookDoor {
  readonly app: Served;
  /** A delivery as a CRM makes it. Answers the status. */
  post(path: string, body: string | Uint8Array, headers?: Record<string, string>): Promise<number>;
  answer(path: string, init: RequestInit): Promise<Response>;
}

/** The HTTP side of a rig for CRMs, without a port. */
export function hookDoor({ deps }: SyncRig): HookDoor {
  const auth = {
    session: async () => null,
    live: async () => [],
    signIn: async () => [],
    signOut: async () => ({ ended: null, cookies: [] }),
  };
  const app = createHttpApp(deps, { auth, presence: createPresence(), trustProxy: 0, staticRoot: "." });
  const answer = async (path: string, init: RequestInit) => await app.request(path, init);
  return {
    app,
    answer,
    post: async (path, body, headers = {}) =>
      (await answer(path, { method: "POST", headers, body: Buffer.from(body) })).status,
  };
}

export interface HubSpotHook {
  /** One event in a batch of its own, or of several. */
  tell(...events: Record<string, unknown>[]): Promise<number>;
  /** Body and headers of such a delivery, to be changed or repeated. */
  signed(events: readonly Record<string, unknown>[]): { body: string; headers: Record<string, string> };
  event(type: string, objectId: string, more?: Record<string, unknown>): Record<string, unknown>;
}

const HUBSPOT_SECRET = "hubspot-app-client-secret";

/** HubSpot's side of a connection, signed as HubSpot documents it (v3), by code of its own. */
export async function hubspotHook(rig: SyncRig, door: HookDoor, connectionId: string): Promise<HubSpotHook> {
  await saveSigningSecret(rig.deps, rig.admin, connectionId, HUBSPOT_SECRET);
  const { accountId } = await rig.connection(connectionId);
  const path = `/hooks/${connectionId}`;
  let count = 0;

  const hook: HubSpotHook = {
    event(type, objectId, more = {}) {
      count += 1;
      const occurredAt = rig.deps.now().getTime();
      return {
        ...{ eventId: count, subscriptionId: 1, portalId: Number(accountId), appId: 1, attemptNumber: 0, occurredAt },
        ...{ subscriptionType: `contact.${type}`, objectId: Number(objectId), ...more },
      };
    },
    signed(events) {
      const body = JSON.stringify(events);
      const timestamp = String(rig.deps.now().getTime());
      const source = `POST${rig.deps.config.publicUrl}${path}${body}${timestamp}`;
      const signature = createHmac("sha256", HUBSPOT_SECRET).update(source).digest("base64");
      return { body, headers: { "x-hubspot-signature-v3": signature, "x-hubspot-request-timestamp": timestamp } };
    },
    async tell(...events) {
      const { body, headers } = hook.signed(events);
      return await door.post(path, body, headers);
    },
  };
  return hook;
}

/** HighLevel's side of a connection, with a key pair of its own. */
export async function ghlHook(rig: SyncRig, door: HookDoor, connectionId: string) {
  const { publicKey, privateKey } = generateKeyPairSync("ed25519");
  const pem = publicKey.export({ type: "spki", format: "pem" }).toString();
  await saveSigningSecret(rig.deps, rig.admin, connectionId, pem);
  const { accountId } = await rig.connection(connectionId);
  return async (type: string, id: string): Promise<number> => {
    const at = rig.deps.now().toISOString();
    const body = JSON.stringify({ type, locationId: accountId, id, webhookId: randomUUID(), timestamp: at });
    const signature = sign(null, Buffer.from(body), privateKey).toString("base64");
    return await door.post(`/hooks/${connectionId}`, body, { "x-ghl-signature": signature });
  };
}

/** Dataverse's side of a connection: the webhook key in the address. */
export async function dynamicsHook(rig: SyncRig, door: HookDoor, connectionId: string) {
  const secret = await makeWebhookSecret(rig.deps, rig.admin, connectionId);
  return async (MessageName: string, PrimaryEntityName: string, PrimaryEntityId: string): Promise<number> => {
    const body = JSON.stringify({ MessageName, PrimaryEntityName, PrimaryEntityId, OperationId: randomUUID() });
    return await door.post(`/hooks/${connectionId}?code=${secret}`, body);
  };
}

/** BigCommerce's side of a connection: our secret in a header, and a signature (Standard Webhooks) where `signedWith` is given. */
export async function bigcommerceHook(rig: SyncRig, connectionId: string) {
  const secret = await makeWebhookSecret(rig.deps, rig.admin, connectionId);
  return (customerId: string, signedWith?: string) => {
    const at = Math.floor(rig.deps.now().getTime() / 1000);
    const scope = "store/customer/updated";
    const data = { type: "customer", id: Number(customerId) };
    const body = JSON.stringify({ scope, data, hash: randomUUID(), created_at: at, producer: "stores/abc123demo" });
    const id = randomUUID();
    const signature = createHmac("sha256", signedWith ?? "")
      .update(`${id}.${at}.${body}`)
      .digest("base64");
    const signed = { "webhook-id": id, "webhook-timestamp": String(at), "webhook-signature": `v1,${signature}` };
    return { body, headers: { "x-rolodesk-secret": secret, ...(signedWith && signed) } };
  };
}
