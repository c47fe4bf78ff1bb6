import type { DbOrTx, Tx } from "../../db/client.ts";
import { type ConnectionRow, findConnection } from "../../db/queries/connection.ts";
import { type CrmLinkRow, findLink, findLinkByAnyId } from "../../db/queries/crm-link.ts";
import { lockTold } from "../../db/queries/told-records.ts";
import {
  countAttempt,
  findWebhookEvent,
  listWaitingEvents,
  updateWebhookEvents,
  type WebhookEventRow,
} from "../../db/queries/webhook-event.ts";
import type { Deps } from "../../deps.ts";
import { ConnectorError, RECOVERY } from "../../domain/connector-error.ts";
import { backoffMs, MAX_ATTEMPTS } from "../../domain/sync/backoff.ts";
import { readAskedProperties } from "../connections/asked-properties.ts";
import { askedWait } from "../connections/asked-wait.ts";
import { markRefused } from "../connections/mark-refused.ts";
import { openConnection } from "../connections/open-connection.ts";
import { publishConnection } from "../connections/publish-connection.ts";
import { type TakeTold, takerOfTold } from "../imports/take-told-record.ts";
import { maintainLink } from "./maintain-link.ts";

const LOCK_WAIT_MS = 2_000;
const COME_BACK_MS = 3_000;

/**
 * The job of a webhook event: reads the record again and brings its link in line with what the CRM holds now, never with
 * what the event said. So order, repetitions and losses do no harm. One reading does for all events of a record that wait.
 */
export async function readWebhookEvent(deps: Deps, { eventId }: { eventId: string }): Promise<void> {
  const event = await findWebhookEvent(deps.db, eventId);
  if (event?.status !== "waiting") return;
  const link = await findLinkByAnyId(deps.db, event.connectionId, event);
  const { connectionId, object, externalId } = event;
  const lockName = link ? link.contactId : `${object}/${externalId}`;
  const held = await deps.locks.hold(connectionId, lockName, LOCK_WAIT_MS, () => attempt(deps, event, link ?? null));
  if (held === "busy") await comeBack(deps, event, COME_BACK_MS);
}

async function attempt(deps: Deps, event: WebhookEventRow, told: CrmLinkRow | null): Promise<void> {
  const connection = await findConnection(deps.db, event.connectionId);
  if (!connection) return await ignore(deps, event, "The connection was removed.");
  const takeTold = await takerOfTold(deps, connection);
  if (told === null && !takeTold) return await ignoreUnlinked(deps, event);
  // it goes on when somebody resumes or reconnects
  if (connection.status !== "active") return;
  const waitMs = (connection.waitUntil?.getTime() ?? 0) - deps.now().getTime();
  if (waitMs > 0) return await comeBack(deps, event, waitMs);

  const link = told && (await findLink(deps.db, told.id));
  // before the record is read: what is told from now on may be newer than what is read
  const events = await listWaitingEvents(deps.db, event);
  if (link === undefined || events.length === 0) return;
  // its contact was merged while we waited: the record is held under the survivor's name
  if (link && link.contactId !== told?.contactId) return await comeBack(deps, event, 0);
  try {
    if (link) await maintain(deps, connection, link, events, takeTold);
    else await takeUnlinked(deps, connection, event, events, takeTold);
  } catch (error) {
    if (!(error instanceof ConnectorError)) throw error;
    await afterFailure(deps, connection, event, events, error);
  }
}

async function maintain(
  deps: Deps,
  connection: ConnectionRow,
  link: CrmLinkRow,
  events: readonly WebhookEventRow[],
  takeTold: TakeTold | null,
): Promise<void> {
  const { connector, providerName } = openConnection(deps, connection, { lane: "end" });
  const properties = await readAskedProperties(deps, connection.id);
  const kinds = new Set(events.map(({ kind }) => kind));
  const finish = (tx: Tx, outcome: string) => finishEvents(tx, deps, events, outcome);
  const maintenance = { connection, connector, providerName, properties, takeTold, finish };
  const maintained = await maintainLink(deps, maintenance, link, kinds);
  if (maintained === "busy") throw new ConnectorError("rate_limited", "Another sync holds the record it moved to.");
}

/** A record of nobody we know: whether it becomes a contact, or is one's, the rules of imports say. */
async function takeUnlinked(
  deps: Deps,
  connection: ConnectionRow,
  event: WebhookEventRow,
  events: readonly WebhookEventRow[],
  takeTold: TakeTold | null,
): Promise<void> {
  const { connector, providerName } = openConnection(deps, connection, { lane: "end" });
  const found = await connector.getContact(event, await readAskedProperties(deps, connection.id));
  await deps.db.transaction(async (tx) => {
    if (found.kind === "gone" || !takeTold) return await finishEvents(tx, deps, events, `Gone from ${providerName}.`);
    const { words } = await takeTold(tx, found.record);
    await finishEvents(tx, deps, events, words);
  });
}

async function finishEvents(tx: Tx, deps: Deps, events: readonly WebhookEventRow[], outcome: string): Promise<void> {
  const ids = events.map(({ id }) => id);
  await updateWebhookEvents(tx, ids, { status: "done", outcome, finishedAt: deps.now() });
}

async function afterFailure(
  deps: Deps,
  connection: ConnectionRow,
  event: WebhookEventRow,
  events: readonly WebhookEventRow[],
  error: ConnectorError,
): Promise<void> {
  const ids = events.map(({ id }) => id);
  if (RECOVERY[error.code] === "reconnect") {
    await deps.db.transaction(async (tx) => {
      if (!(await markRefused(tx, connection, error.message))) await deps.enqueueWebhookEvent(tx, event);
    });
    return publishConnection(deps, { ...connection, version: connection.version + 1 });
  }
  if (error.code === "rate_limited") {
    return await comeBack(deps, event, await askedWait(deps, connection.id, error));
  }
  const attempts = Math.max(...events.map((one) => one.attempts)) + 1;
  await countAttempt(deps.db, ids, error.message);
  if (RECOVERY[error.code] === "review" || attempts >= MAX_ATTEMPTS) {
    return await updateWebhookEvents(deps.db, ids, { status: "failed", finishedAt: deps.now() });
  }
  await comeBack(deps, event, error.retryAfterMs ?? backoffMs(attempts, deps.random()));
}

/** Not while somebody links the record, who would not hear of it: see `rereadIfTold`. */
async function ignoreUnlinked(deps: Deps, event: WebhookEventRow): Promise<void> {
  const isLinked = await deps.db.transaction(async (tx) => {
    await lockTold(tx, event.connectionId, event);
    if (await findLinkByAnyId(tx, event.connectionId, event)) return true;
    await ignore({ now: deps.now, db: tx }, event, "Nobody of ours is linked to this record.");
    return false;
  });
  if (isLinked) await comeBack(deps, event, 0);
}

async function ignore(
  deps: Pick<Deps, "now"> & { readonly db: DbOrTx },
  event: WebhookEventRow,
  outcome: string,
): Promise<void> {
  const ids = (await listWaitingEvents(deps.db, event)).map(({ id }) => id);
  await updateWebhookEvents(deps.db, ids, { status: "ignored", outcome, finishedAt: deps.now() });
}

async function comeBack(deps: Deps, event: WebhookEventRow, delayMs: number): Promise<void> {
  const at = new Date(deps.now().getTime() + delayMs);
  await deps.db.transaction((tx) => deps.enqueueWebhookEvent(tx, event, at));
}
