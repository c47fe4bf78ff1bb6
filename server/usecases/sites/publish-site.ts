import type { Deps } from "../../deps.ts";

export function publishSite(deps: Deps, siteId: string): void {
  deps.publish.toAgents({ siteId }, "changed", {
    kind: "site",
    id: siteId,
    conversationId: null,
    contactId: null,
    version: deps.now().getTime(),
  });
}
