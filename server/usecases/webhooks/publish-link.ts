import type { ConflictRow } from "../../db/queries/conflict.ts";
import type { CrmLinkRow } from "../../db/queries/crm-link.ts";
import type { Deps } from "../../deps.ts";

/** Tells the agents that what a contact's tab shows of a CRM has changed. After the commit. */
export function publishLink(
  deps: Deps,
  { id, contactId }: Pick<CrmLinkRow, "id" | "contactId">,
  conflicts: readonly ConflictRow[],
): void {
  deps.publish.toAgents("everyone", "changed", { kind: "link", id, conversationId: null, contactId, version: 0 });
  for (const row of conflicts) {
    const { conversationId, version } = row;
    const change = { conversationId, contactId: row.contactId, version: version + 1 };
    deps.publish.toAgents("everyone", "changed", { kind: "conflict", id: row.id, ...change });
  }
}
