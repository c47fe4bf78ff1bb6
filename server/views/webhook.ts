import type { WebhookSecret, WebhookSetup } from "@rolodesk/shared/connection";
import type { ConnectionRow } from "../db/queries/connection.ts";
import { findLastEvent } from "../db/queries/webhook-event.ts";
import { findRefusal } from "../db/queries/webhook-refusal.ts";
import type { Deps } from "../deps.ts";
import { DomainError } from "../domain/domain-error.ts";

/** What an admin enters in the CRM, and what has come from there. */
export async function viewWebhook(deps: Deps, row: ConnectionRow): Promise<WebhookSetup> {
  const guide = deps.connectors.kindOf(row.provider).webhook;
  if (!guide) throw new DomainError("conflict", "This CRM sends no webhooks.");
  const last = await findLastEvent(deps.db, row.id);
  const refusal = await findRefusal(deps.db, row.id);
  return {
    address: addressOf(deps, row),
    steps: [...guide.steps],
    signing: guide.signing && { ...guide.signing, isSet: row.webhookSigning !== null },
    own: guide.own && { ...guide.own, isSet: row.webhookSecret !== null },
    lastEvent: last
      ? { kind: last.kind, status: last.status, outcome: last.outcome, at: last.createdAt.toISOString() }
      : null,
    lastRefusal: refusal ? { reason: refusal.reason, count: refusal.count, at: refusal.at.toISOString() } : null,
  };
}

/** A secret that was just made, and the address it belongs into, where it does. */
export function shownOnce(deps: Deps, row: ConnectionRow, secret: string): WebhookSecret {
  const inAddress = deps.connectors.kindOf(row.provider).webhook?.own?.inAddress ?? false;
  return { secret, address: inAddress ? `${addressOf(deps, row)}/${secret}` : null };
}

function addressOf({ config }: Deps, { id }: ConnectionRow): string {
  return `${config.publicUrl}/hooks/${id}`;
}
