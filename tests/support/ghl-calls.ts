import { generateKeyPairSync, randomUUID, sign } from "node:crypto";
import { makeWebhookSecret, saveSigningSecret } from "../../server/usecases/webhooks/webhook-secrets.ts";
import type { SyncRig } from "./sync-rig.ts";
import type { HookDoor } from "./webhook-deliveries.ts";

export interface GhlCallHook {
  /** An app's signed event, as HighLevel documents one of a call. Answers the status. */
  app(told: Readonly<Record<string, unknown>>): Promise<number>;
  /** The same, to be changed or repeated. */
  signed(told: Readonly<Record<string, unknown>>): { body: string; headers: Record<string, string> };
  /** What a workflow's webhook sends to the address with our secret in it. */
  workflow(body: unknown): Promise<number>;
  readonly path: string;
}

/** HighLevel's telephone calls for a connection: an app's, with a key pair of its own, and workflows'. */
export async function ghlCallHook(rig: SyncRig, door: HookDoor, connectionId: string): Promise<GhlCallHook> {
  const { publicKey, privateKey } = generateKeyPairSync("ed25519");
  await saveSigningSecret(
    rig.deps,
    rig.admin,
    connectionId,
    publicKey.export({ type: "spki", format: "pem" }).toString(),
  );
  const secret = await makeWebhookSecret(rig.deps, rig.admin, connectionId);
  const { accountId } = await rig.connection(connectionId);
  const path = `/hooks/${connectionId}`;

  function signed(told: Readonly<Record<string, unknown>>) {
    const timestamp = rig.deps.now().toISOString();
    const call = { type: "InboundMessage", messageType: "CALL", direction: "inbound", locationId: accountId };
    const body = JSON.stringify({ ...call, timestamp, webhookId: randomUUID(), ...told });
    return { body, headers: { "x-ghl-signature": sign(null, Buffer.from(body), privateKey).toString("base64") } };
  }

  return {
    path,
    signed,
    async app(told) {
      const { body, headers } = signed(told);
      return await door.post(path, body, headers);
    },
    workflow: async (body) =>
      await door.post(`${path}/${secret}`, typeof body === "string" ? body : JSON.stringify(body)),
  };
}
