import type { Deps } from "../../deps.ts";

/** Tells whoever looks at an import that it has moved on. After the commit. */
export function publishImport(deps: Deps, id: string): void {
  deps.publish.toAgents("everyone", "changed", {
    kind: "import",
    id,
    conversationId: null,
    contactId: null,
    version: 0,
  });
}

/** Tells the queue of conflicts that it has grown. Which ones, it reads itself. */
export function publishNewConflicts(deps: Deps): void {
  const id = deps.newId();
  deps.publish.toAgents("everyone", "changed", {
    kind: "conflict",
    id,
    conversationId: null,
    contactId: null,
    version: 0,
  });
}
