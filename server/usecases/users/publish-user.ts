import type { Deps } from "../../deps.ts";

export function publishUser(deps: Deps, userId: string): void {
  deps.publish.toAgents("everyone", "changed", {
    kind: "user",
    id: userId,
    conversationId: null,
    contactId: null,
    version: deps.now().getTime(),
  });
}
