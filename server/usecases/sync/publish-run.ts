import { eq, inArray } from "drizzle-orm";
import { conversation } from "../../db/schema/conversation.ts";
import { syncRun } from "../../db/schema/sync.ts";
import type { Deps } from "../../deps.ts";

/** Tells the agents of its site that a run has moved on. After the commit. */
export async function publishRun(deps: Deps, runId: string): Promise<void> {
  await publishRuns(deps, [runId]);
}

/** The same for several runs. */
export async function publishRuns(deps: Deps, runIds: readonly string[]): Promise<void> {
  const runs = await deps.db
    .select({
      id: syncRun.id,
      conversationId: syncRun.conversationId,
      contactId: syncRun.contactId,
      version: syncRun.version,
      siteId: conversation.siteId,
    })
    .from(syncRun)
    .innerJoin(conversation, eq(conversation.id, syncRun.conversationId))
    .where(inArray(syncRun.id, [...runIds]));
  for (const { siteId, ...change } of runs) {
    deps.publish.toAgents({ siteId }, "changed", { kind: "sync_run", ...change });
  }
}
