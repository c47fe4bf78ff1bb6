import { eq } from "drizzle-orm";
import { conversation } from "../../db/schema/conversation.ts";
import { syncRun } from "../../db/schema/sync.ts";
import type { Deps } from "../../deps.ts";

/** Tells the agents of its site that a run has moved on. After the commit. */
export async function publishRun(deps: Deps, runId: string): Promise<void> {
  const [run] = await deps.db
    .select({
      conversationId: syncRun.conversationId,
      contactId: syncRun.contactId,
      version: syncRun.version,
      siteId: conversation.siteId,
    })
    .from(syncRun)
    .innerJoin(conversation, eq(conversation.id, syncRun.conversationId))
    .where(eq(syncRun.id, runId));
  if (!run) return;
  const { siteId, ...change } = run;
  deps.publish.toAgents({ siteId }, "changed", { kind: "sync_run", id: runId, ...change });
}
