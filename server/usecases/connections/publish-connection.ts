import type { ConnectionRow } from "../../db/queries/connection.ts";
import type { Deps } from "../../deps.ts";

/** Tells the agents that a connection has changed. After the commit. */
export function publishConnection(deps: Deps, { id, version }: ConnectionRow): void {
  deps.publish.toAgents("everyone", "changed", {
    kind: "connection",
    id,
    conversationId: null,
    contactId: null,
    version,
  });
}
