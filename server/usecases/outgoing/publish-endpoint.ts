import type { Deps } from "../../deps.ts";

/** Tells consoles that an endpoint or its deliveries have moved on. After the commit. */
export function publishEndpoint(deps: Deps, id: string, version = 0): void {
  const nobody = { conversationId: null, contactId: null };
  deps.publish.toAgents("everyone", "changed", { kind: "webhook", id, ...nobody, version });
}
