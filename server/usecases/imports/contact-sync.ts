import type { ContactSyncChange } from "@rolodesk/shared/import-run";
import type { UserActor } from "../../actor.ts";
import { insertAudit } from "../../db/queries/audit.ts";
import { type ConnectionRow, lockConnection } from "../../db/queries/connection.ts";
import { type ContactSyncRow, findContactSync, saveContactSync } from "../../db/queries/import-run.ts";
import type { Deps } from "../../deps.ts";
import type { PullCapabilities } from "../../domain/pull.ts";
import { getConnection } from "../connections/get-connection.ts";
import { openConnection } from "../connections/open-connection.ts";
import { publishConnection } from "../connections/publish-connection.ts";

/**
 * How a connection's contacts come in before anybody has said otherwise: only when asked, and an agent decides what both sides
 * have changed. HighLevel's own order of keys is phone first (sync rules, contacts in from CRMs).
 */
export function contactSyncOf({ id, provider, lookupOrder }: ConnectionRow): ContactSyncRow {
  return {
    connectionId: id,
    strategy: "merge",
    everyMinutes: 0,
    tag: null,
    lookupOrder: provider === "ghl" ? "phone_first" : lookupOrder,
    cursor: null,
    fullAt: null,
  };
}

/** What importing from this connection can do; null where its CRM's contacts are not imported. Makes no call. */
export function pullsOf(deps: Deps, connection: ConnectionRow): PullCapabilities | null {
  return openConnection(deps, connection, { lane: "backfill" }).capabilities.pulls ?? null;
}

export async function getContactSync(deps: Deps, connection: ConnectionRow): Promise<ContactSyncRow> {
  return (await findContactSync(deps.db, connection.id)) ?? contactSyncOf(connection);
}

/** Changes how a connection's contacts come in. A run under way keeps what it was started with. */
export async function changeContactSync(
  deps: Deps,
  actor: UserActor,
  connectionId: string,
  change: ContactSyncChange,
): Promise<void> {
  const connection = await getConnection(deps.db, actor, connectionId);
  await deps.db.transaction(async (tx) => {
    await lockConnection(tx, connectionId);
    const current = (await findContactSync(tx, connectionId)) ?? contactSyncOf(connection);
    const tag = change.tag === undefined ? current.tag : change.tag || null;
    // who has the new tag already may not have changed for long
    const cursor = tag === current.tag ? current.cursor : null;
    await saveContactSync(tx, { ...current, ...change, tag, cursor });
    await insertAudit(tx, deps, actor, {
      action: "connection.contact_sync_changed",
      subject: { kind: "connection", id: connectionId },
      data: { ...change },
    });
  });
  publishConnection(deps, connection);
}
