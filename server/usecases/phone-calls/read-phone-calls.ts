import type { Tx } from "../../db/client.ts";
import { type ConnectionRow, findConnection } from "../../db/queries/connection.ts";
import { findFeed, type PhoneCallFeedRow, saveFeed } from "../../db/queries/phone-call-feed.ts";
import type { Deps } from "../../deps.ts";
import { ConnectorError } from "../../domain/connector-error.ts";
import { backoffMs } from "../../domain/sync/backoff.ts";
import { askedWait } from "../connections/asked-wait.ts";
import { openConnection } from "../connections/open-connection.ts";
import { storePhoneCalls } from "./store-phone-calls.ts";

const MINUTE_MS = 60_000;
const DAY_MS = 24 * 60 * MINUTE_MS;
const EVERY_MS = 10 * MINUTE_MS;
/** Where webhooks tell of calls, asking only finds those that were lost. */
const EVERY_MS_WITH_WEBHOOKS = 6 * 60 * MINUTE_MS;

/**
 * The job that reads what a CRM logged of telephone calls: one page, then its cursor together with the job of the next. A page that
 * is read twice changes nothing. A key that may not read calls stops nothing but this.
 */
export async function readPhoneCalls(deps: Deps, { connectionId }: { connectionId: string }): Promise<void> {
  const connection = await findConnection(deps.db, connectionId);
  if (connection?.status !== "active") return;
  const waitUntil = connection.waitUntil ?? deps.now();
  if (waitUntil > deps.now()) return await saveFeed(deps.db, connectionId, { nextAt: waitUntil });
  const feed = await findFeed(deps.db, connectionId);
  if (feed?.leftAlone) return;
  try {
    await readPage(deps, connection, feed);
  } catch (error) {
    if (!(error instanceof ConnectorError)) throw error;
    await afterFailure(deps, connection, feed, error);
  }
}

/** One page at a time per connection. */
export async function enqueueFeed(tx: Tx, { enqueue }: Pick<Deps, "enqueue">, connectionId: string): Promise<void> {
  const name = `read-phone-calls:${connectionId}`;
  await enqueue(tx, { name: "read-phone-calls", payload: { connectionId } }, { jobKey: name, queue: name });
}

async function readPage(deps: Deps, connection: ConnectionRow, feed: PhoneCallFeedRow | undefined): Promise<void> {
  const { connector } = openConnection(deps, connection, { lane: "backfill" });
  if (!connector.phoneCalls) return;
  const { calls, cursor, more } = await connector.phoneCalls.page(feed?.cursor ?? null);
  await storePhoneCalls(deps, connection.id, calls);
  const isHeard = feed?.heardAt && deps.now().getTime() - feed.heardAt.getTime() < DAY_MS;
  const nextAt = new Date(deps.now().getTime() + (isHeard ? EVERY_MS_WITH_WEBHOOKS : EVERY_MS));
  await deps.db.transaction(async (tx) => {
    await saveFeed(tx, connection.id, { cursor, nextAt, attempts: 0, problem: null });
    if (more) await enqueueFeed(tx, deps, connection.id);
  });
}

async function afterFailure(
  deps: Deps,
  { id }: ConnectionRow,
  feed: PhoneCallFeedRow | undefined,
  error: ConnectorError,
): Promise<void> {
  const problem = error.message;
  const after = (ms: number) => new Date(deps.now().getTime() + ms);
  if (error.code === "rate_limited") {
    return await saveFeed(deps.db, id, { nextAt: after(await askedWait(deps, id, error)) });
  }
  const attempts = (feed?.attempts ?? 0) + 1;
  if (error.code === "unavailable") {
    const nextAt = after(EVERY_MS + backoffMs(attempts, deps.random()));
    return await saveFeed(deps.db, id, { nextAt, attempts, problem });
  }
  // from the beginning: the position itself may be what was refused
  await saveFeed(deps.db, id, { nextAt: after(DAY_MS), attempts, problem, cursor: null });
}
