import type { Tx } from "../../db/client.ts";
import { listConnectionsOfSite } from "../../db/queries/connection.ts";
import { insertRun } from "../../db/queries/sync-run.ts";
import type { Deps } from "../../deps.ts";
import { endRun } from "./end-run.ts";

/** What ended: the id and the close count together are the cause of its pushes. */
interface EndedConversation {
  readonly id: string;
  readonly siteId: string;
  readonly contactId: string | null;
  readonly closeCount: number;
}

export const NO_KEY_WORDS = "Neither an email nor a phone number is known, so no record can be looked up.";

/**
 * Records one push for every connection that serves the site, and its job, in the transaction that ends the
 * conversation. A cause that was recorded before makes nothing. Paused connections keep their runs until they resume.
 * Returns the ids of the new runs, for publishing after the commit.
 */
export async function enqueueConversationRuns(tx: Tx, deps: Deps, ended: EndedConversation): Promise<string[]> {
  const created: string[] = [];
  for (const connection of await listConnectionsOfSite(tx, ended.siteId)) {
    const run = { id: deps.newId(), connectionId: connection.id, contactId: ended.contactId };
    const cause = `end:${ended.id}:${ended.closeCount}`;
    const isNew = await insertRun(tx, { ...run, cause, conversationId: ended.id, trigger: "conversation_end" });
    if (!isNew) continue;
    created.push(run.id);
    if (!ended.contactId) {
      await endRun(tx, deps, run.id, {
        status: "done",
        result: "skipped_no_key",
        reason: NO_KEY_WORDS,
        finishedAt: deps.now(),
      });
    } else if (connection.status === "active") {
      await deps.enqueueRun(tx, run);
    }
  }
  return created;
}
