import { findConnection } from "../../db/queries/connection.ts";
import { insertWebhookEvents } from "../../db/queries/webhook-event.ts";
import { saveRefusal } from "../../db/queries/webhook-refusal.ts";
import type { Deps } from "../../deps.ts";
import { DomainError, notFound } from "../../domain/domain-error.ts";
import type { PhoneCallHit } from "../../domain/phone-calls/phone-call.ts";
import type { Delivery, WebhookEvent } from "../../integrations/webhook.ts";
import { storedCredentials } from "../connections/stored-credentials.ts";
import { storedWebhookSecrets } from "./webhook-secrets.ts";

/** What a proved delivery tells. */
interface Told {
  readonly events: readonly WebhookEvent[];
  readonly phoneCalls: readonly PhoneCallHit[];
  /** Whether it comes again when it is refused for a moment. */
  readonly comesAgain: boolean;
}

/**
 * Proves a CRM's delivery and names its events and the telephone calls it tells of.
 *
 * Throws `not_found` for a connection that is not there, `unauthenticated` without proof, whatever is wrong with it, and
 * `bad_request` for a proved body that is none. What was refused last, and why, is kept for the connection's admins.
 */
export async function proveDelivery(deps: Deps, connectionId: string, delivery: Delivery): Promise<Told> {
  const connection = await findConnection(deps.db, connectionId);
  if (!connection) throw notFound("page");
  const { provider, settings, accountId } = connection;
  const secrets = storedWebhookSecrets(deps, connection);
  const credentials = storedCredentials(deps, connection);
  const reading = deps.connectors.readWebhook({ provider, settings, credentials, accountId, secrets }, delivery);
  if (!reading.ok) {
    deps.log.info({ connectionId, reason: reading.reason }, "a webhook delivery was refused");
    await saveRefusal(deps.db, connectionId, reading.reason, deps.now());
    if (reading.reason === "malformed") throw new DomainError("bad_request", "The body is not what was expected.");
    throw new DomainError("unauthenticated", "This delivery could not be verified.");
  }
  const comesAgain = deps.connectors.kindOf(provider).webhook?.repeats ?? false;
  return { events: reading.events, phoneCalls: reading.phoneCalls ?? [], comesAgain };
}

/**
 * Keeps events, each with the job that reads its record again, in one transaction. What was delivered before changes
 * nothing. A paused connection keeps its events for later.
 */
export async function storeEvents(deps: Deps, connectionId: string, events: readonly WebhookEvent[]): Promise<void> {
  if (events.length === 0) return;
  const unique = new Map(events.map((event) => [event.eventId, event]));
  await deps.db.transaction(async (tx) => {
    const rows = [...unique.values()].map((event) => ({ id: deps.newId(), connectionId, ...event }));
    const stored = await insertWebhookEvents(tx, rows);
    const perRecord = new Map(stored.map((row) => [`${row.object} ${row.externalId}`, row]));
    for (const row of perRecord.values()) await deps.enqueueWebhookEvent(tx, row);
  });
}

/** Whether there is anybody to deliver to; asked before a body is read. */
export async function assertReceives(deps: Deps, connectionId: string): Promise<void> {
  if (!(await findConnection(deps.db, connectionId))) throw notFound("page");
}
