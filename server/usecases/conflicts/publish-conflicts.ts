import type { ConflictRow } from "../../db/queries/conflict.ts";
import type { Deps } from "../../deps.ts";

/** Tells the console that conflicts, read before they were changed, have moved on. After the commit. */
export function publishConflicts(deps: Deps, before: readonly ConflictRow[]): void {
  for (const { id, conversationId, contactId, version } of before) {
    deps.publish.toAgents("everyone", "changed", {
      kind: "conflict",
      id,
      conversationId,
      contactId,
      version: version + 1,
    });
  }
}
