import { findConnection } from "../../db/queries/connection.ts";
import { insertWebhookEvents } from "../../db/queries/webhook-event.ts";
import type { Deps } from "../../deps.ts";
import { DomainError, notFound } from "../../domain/domain-error.ts";
import type { Delivery } from "../../integrations/webhook.ts";
import { storedCredentials } from "../connections/stored-credentials.ts";
import { storedWebhookSecrets } from "./webhook-secrets.ts";

/**
 * Proves a CRM's delivery and keeps its events, each with the job that reads its record again, in one transaction. What was
 * delivered before changes nothing. A paused connection keeps its events for later.
 *
 * Throws `not_found` for a connection that is not there, `unauthenticated` without proof, whatever is wrong with it, and
 * `bad_request` for a proved body that is none.
 */
export async function receiveDelivery(deps: Deps, connectionId: string, delivery: Delivery): Promise<void> {
  const connection = await findConnection(deps.db, connectionId);
  if (!connection) throw notFound("page");
  const { provider, settings, accountId } = connection;
  const secrets = storedWebhookSecrets(deps, connection);
  const credentials = storedCredentials(deps, connection);
  const reading = deps.connectors.readWebhook({ provider, settings, credentials, accountId, secrets }, delivery);
  if (!reading.ok) {
    deps.log.info({ connectionId, reason: reading.reason }, "a webhook delivery was refused");
    if (reading.reason === "malformed") throw new DomainError("bad_request", "The body is not what was expected.");
    throw new DomainError("unauthenticated", "This delivery could not be verified.");
  }
  const unique = new Map(reading.events.map((event) => [event.eventId, event]));
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
