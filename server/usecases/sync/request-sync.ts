import type { SyncRequest } from "@rolodesk/shared/sync-run";
import type { UserActor } from "../../actor.ts";
import type { Tx } from "../../db/client.ts";
import { insertAudit } from "../../db/queries/audit.ts";
import { type ConnectionRow, listConnectionsOfSite } from "../../db/queries/connection.ts";
import { findRunByCause, insertRun, type NewRun, type SyncRunRow } from "../../db/queries/sync-run.ts";
import type { Deps } from "../../deps.ts";
import { DomainError, notFound } from "../../domain/domain-error.ts";
import { getServedConversation } from "../access.ts";
import { attachContact } from "../contacts/attach-contact.ts";
import { endRun } from "./end-run.ts";
import { NO_KEY_WORDS } from "./enqueue-conversation-runs.ts";
import { publishRun } from "./publish-run.ts";

/** The agent's Sync button: a push of what is known now, also in the middle of a chat. Returns the run. */
export async function requestSync(
  deps: Deps,
  actor: UserActor,
  conversationId: string,
  { connectionId, requestId }: SyncRequest,
): Promise<SyncRunRow> {
  const { siteId } = await getServedConversation(deps.db, actor, conversationId);
  const cause = `agent:${conversationId}:${requestId}`;
  await deps.db.transaction(async (tx) => {
    const connection = (await listConnectionsOfSite(tx, siteId)).find(({ id }) => id === connectionId);
    if (!connection) throw notFound("connection");
    assertActive(connection);
    await attachContact(tx, deps, conversationId);
    const { contactId } = await getServedConversation(tx, actor, conversationId);
    const run = { id: deps.newId(), cause, connectionId, contactId, conversationId, trigger: "agent" as const };
    if (!(await recordRun(tx, deps, run))) return;
    await insertAudit(tx, deps, actor, {
      action: "sync_run.requested",
      subject: { kind: "sync_run", id: run.id },
      contactId,
      data: { conversationId, connectionId },
    });
  });
  const run = await findRunByCause(deps.db, connectionId, cause);
  if (!run) throw new Error("A run that was just recorded exists.");
  await publishRun(deps, run.id);
  return run;
}

/** Records a run an agent asked for, and its job; nothing when its cause was recorded before. Returns whether it is new. */
export async function recordRun(tx: Tx, deps: Deps, run: NewRun): Promise<boolean> {
  if (!(await insertRun(tx, run))) return false;
  if (run.contactId) {
    await deps.enqueueRun(tx, run);
    return true;
  }
  const skipped = { status: "done", result: "skipped_no_key", reason: NO_KEY_WORDS } as const;
  await endRun(tx, deps, run.id, { ...skipped, finishedAt: deps.now() });
  return true;
}

export function assertActive(connection: ConnectionRow): void {
  if (connection.status === "active") return;
  const why = connection.status === "paused" ? "paused" : "not connected any more";
  throw new DomainError("conflict", `${connection.name} is ${why}. Resume or reconnect it in the settings, then sync.`);
}
