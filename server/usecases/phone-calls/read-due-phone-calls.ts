import { listDueFeeds } from "../../db/queries/phone-call-feed.ts";
import type { Deps } from "../../deps.ts";
import { openConnection } from "../connections/open-connection.ts";
import { enqueueFeed } from "./read-phone-calls.ts";

/** The clock's turn: asks for calls of every connection that logs any and whose time has come. */
export async function readDuePhoneCalls(deps: Deps): Promise<void> {
  for (const connection of await listDueFeeds(deps.db, deps.now())) {
    const { capabilities } = openConnection(deps, connection, { lane: "backfill" });
    if (capabilities.logsPhoneCalls) await deps.db.transaction((tx) => enqueueFeed(tx, deps, connection.id));
  }
}
