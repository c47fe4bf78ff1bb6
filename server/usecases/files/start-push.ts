import type { PushBatch } from "@rolodesk/shared/import-batch";
import type { UserActor } from "../../actor.ts";
import { insertAudit } from "../../db/queries/audit.ts";
import { updateBatch } from "../../db/queries/import-batch.ts";
import { forgetPushes, markForPush } from "../../db/queries/import-push.ts";
import type { Deps } from "../../deps.ts";
import { DomainError } from "../../domain/domain-error.ts";
import { getConnection } from "../connections/get-connection.ts";
import { openConnection } from "../connections/open-connection.ts";
import { assertActive } from "../sync/request-sync.ts";
import { assertStaged, lockIdleBatch } from "./batch-access.ts";
import { enqueueWork } from "./enqueue-work.ts";
import { publishBatch } from "./publish-batch.ts";

/** Has the imported people of a batch who have no link in a connection created there. Returns how many rows wait for it. */
export async function startPush(
  deps: Deps,
  actor: UserActor,
  id: string,
  { connectionId, retry }: PushBatch,
): Promise<number> {
  const connection = await getConnection(deps.db, actor, connectionId);
  assertActive(connection);
  const { capabilities, providerName } = openConnection(deps, connection, { lane: "backfill" });
  if (capabilities.creates === null) {
    throw new DomainError("conflict", `${providerName} is set up to link people, not to create them.`);
  }
  const rows = await deps.db.transaction(async (tx) => {
    const batch = await lockIdleBatch(tx, actor, id);
    assertStaged(batch);
    if (batch.pushConnectionId !== connectionId) await forgetPushes(tx, id);
    const waiting = await markForPush(tx, { batchId: id, connectionId, retry });
    await updateBatch(tx, id, { pushConnectionId: connectionId, problem: null });
    if (waiting === 0) return 0;
    await enqueueWork(tx, deps, id, "pushing", waiting);
    const data = { connectionId, rows: waiting };
    await insertAudit(tx, deps, actor, { action: "import.pushed", subject: { kind: "import_batch", id }, data });
    return waiting;
  });
  await publishBatch(deps, id);
  return rows;
}
