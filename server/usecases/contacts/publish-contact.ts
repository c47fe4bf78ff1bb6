import type { Deps } from "../../deps.ts";

/** Tells the consoles that a contact is not as it was. An id tells nobody who it is: who may read it, reads it again. */
export function publishContact(deps: Deps, contactId: string): void {
  deps.publish.toAgents("everyone", "changed", {
    kind: "contact",
    id: contactId,
    conversationId: null,
    contactId,
    version: deps.now().getTime(),
  });
}
