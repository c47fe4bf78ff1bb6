import { SyncFinished } from "@rolodesk/shared/outgoing-event";
import type { Tx } from "../../db/client.ts";
import { updateRun } from "../../db/queries/sync-run.ts";
import { findRunWithSite } from "../../db/queries/told-rows.ts";
import type { Deps } from "../../deps.ts";
import { tell } from "../outgoing/tell.ts";

/** `updateRun` for a change after which the run is done or failed; whoever wants to know is told. */
export async function endRun(tx: Tx, deps: Deps, ...[id, change, lease]: EndOfRun): Promise<boolean> {
  if (!(await updateRun(tx, id, change, lease))) return false;
  await tell(tx, deps, "sync.finished", async () => {
    const found = await findRunWithSite(tx, id);
    const status = SyncFinished.shape.status.safeParse(found?.run.status);
    if (!found || !status.success) return null;
    const { connectionId, conversationId, contactId, trigger, result, reason, matchedBy, conflictsQueued } = found.run;
    return {
      ...{ syncRunId: id, connectionId, conversationId, contactId, siteId: found.siteId },
      ...{ trigger, status: status.data, result, reason, matchedBy, conflictsQueued },
      finishedAt: (found.run.finishedAt ?? deps.now()).toISOString(),
    };
  });
  return true;
}

type EndOfRun = Parameters<typeof updateRun> extends [unknown, ...infer Rest] ? Rest : never;
