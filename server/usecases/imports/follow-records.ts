import { findLink } from "../../db/queries/crm-link.ts";
import { countLiveLinks } from "../../db/queries/import-run.ts";
import type { Deps } from "../../deps.ts";
import { maintainLink } from "../webhooks/maintain-link.ts";
import type { ImportContext } from "./import-context.ts";

const LOCK_WAIT_MS = 2_000;

/**
 * Reads records again by their links, one by one, and follows them where they have gone: merged into others, or not there any
 * more. One that a push holds just now is left for the next time. Answers how many links were closed.
 */
export async function followRecords(deps: Deps, context: ImportContext, linkIds: readonly string[]): Promise<number> {
  const { connection, crm, properties } = context;
  const maintenance = {
    connection,
    connector: crm.connector,
    providerName: crm.providerName,
    properties,
    async finish() {},
  };
  const before = await countLiveLinks(deps.db, linkIds);
  for (const id of linkIds) {
    const link = await findLink(deps.db, id);
    if (link?.state !== "live") continue;
    await deps.locks.hold(connection.id, link.contactId, LOCK_WAIT_MS, () =>
      maintainLink(deps, maintenance, link, new Set(["changed"])),
    );
  }
  return before - (await countLiveLinks(deps.db, linkIds));
}
