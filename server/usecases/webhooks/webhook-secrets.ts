import { randomBytes } from "node:crypto";
import type { UserActor } from "../../actor.ts";
import { insertAudit } from "../../db/queries/audit.ts";
import { type ConnectionRow, updateConnection } from "../../db/queries/connection.ts";
import type { Deps } from "../../deps.ts";
import { DomainError } from "../../domain/domain-error.ts";
import type { WebhookSecrets } from "../../integrations/webhook.ts";
import { getConnection } from "../connections/get-connection.ts";

/** Makes the secret an admin enters in the CRM; an earlier one stops working. Answered this once. */
export async function makeWebhookSecret(deps: Deps, actor: UserActor, id: string): Promise<string> {
  const row = await getConnection(deps.db, actor, id);
  if (!deps.connectors.kindOf(row.provider).webhook?.own) {
    throw new DomainError("conflict", "This CRM's webhooks need no secret of ours.");
  }
  const secret = randomBytes(32).toString("base64url");
  await deps.db.transaction(async (tx) => {
    await updateConnection(tx, id, { webhookSecret: deps.secrets.encrypt(secret, ownAad(id)) });
    await insertAudit(tx, deps, actor, {
      action: "connection.webhook_secret_made",
      subject: { kind: "connection", id },
    });
  });
  return secret;
}

/** Keeps the secret or key by which the CRM signs; blank forgets it. */
export async function saveSigningSecret(deps: Deps, actor: UserActor, id: string, secret: string): Promise<void> {
  const row = await getConnection(deps.db, actor, id);
  if (!deps.connectors.kindOf(row.provider).webhook?.signing) {
    throw new DomainError("conflict", "This CRM does not sign its webhooks with a secret of its own.");
  }
  const sealed = secret === "" ? null : deps.secrets.encrypt(secret, signingAad(id));
  await deps.db.transaction(async (tx) => {
    await updateConnection(tx, id, { webhookSigning: sealed });
    await insertAudit(tx, deps, actor, {
      action: sealed ? "connection.webhook_signing_set" : "connection.webhook_signing_removed",
      subject: { kind: "connection", id },
    });
  });
}

/** What proves a connection's deliveries, opened. Never leaves the server. */
export function storedWebhookSecrets({ secrets }: Pick<Deps, "secrets">, row: ConnectionRow): WebhookSecrets {
  const { id, webhookSecret, webhookSigning } = row;
  return {
    own: webhookSecret === null ? null : secrets.decrypt(webhookSecret, ownAad(id)),
    signing: webhookSigning === null ? null : secrets.decrypt(webhookSigning, signingAad(id)),
  };
}

export function ownAad(connectionId: string): string {
  return `connection:${connectionId}:webhook-secret`;
}

export function signingAad(connectionId: string): string {
  return `connection:${connectionId}:webhook-signing`;
}
