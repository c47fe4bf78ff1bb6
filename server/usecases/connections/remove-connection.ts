import type { UserActor } from "../../actor.ts";
import { insertAudit } from "../../db/queries/audit.ts";
import { deleteGrant, dropPendingAuthorizations } from "../../db/queries/authorization.ts";
import { updateConnection } from "../../db/queries/connection.ts";
import { listUnfinishedRuns } from "../../db/queries/sync-run.ts";
import type { Deps } from "../../deps.ts";
import { endRun } from "../sync/end-run.ts";
import { getConnection } from "./get-connection.ts";
import { publishConnection } from "./publish-connection.ts";
import { credentialsAad } from "./stored-credentials.ts";

/** Removes a connection: its credentials are erased, its log stays, and what it still had to push is said to have failed. */
export async function removeConnection(deps: Deps, actor: UserActor, id: string): Promise<void> {
  const row = await getConnection(deps.db, actor, id);
  await deps.db.transaction(async (tx) => {
    await updateConnection(tx, id, {
      removedAt: deps.now(),
      status: "paused",
      credentials: deps.secrets.encrypt("{}", credentialsAad(id)),
      credentialHints: {},
      webhookSecret: null,
      webhookSigning: null,
    });
    await deleteGrant(tx, id);
    await dropPendingAuthorizations(tx, id);
    for (const run of await listUnfinishedRuns(tx, id)) {
      await endRun(tx, deps, run.id, {
        status: "failed",
        result: "failed",
        reason: "The connection was removed before this sync ran.",
        lease: null,
        finishedAt: deps.now(),
      });
    }
    await insertAudit(tx, deps, actor, { action: "connection.removed", subject: { kind: "connection", id } });
  });
  publishConnection(deps, { ...row, version: row.version + 1 });
}
