import { listConversationsOf } from "../../db/queries/merge.ts";
import type { Deps } from "../../deps.ts";
import { publishContact } from "./publish-contact.ts";

const TOLD_AT_MOST = 50;

/** Lets whoever looks at a contact or its latest conversations read them again. Call it after the commit. */
export async function publishContacts(deps: Deps, contactId: string): Promise<void> {
  publishContact(deps, contactId);
  for (const { id, siteId, version } of await listConversationsOf(deps.db, contactId, TOLD_AT_MOST)) {
    const news = { kind: "conversation" as const, id, conversationId: id, contactId, version };
    deps.publish.toAgents({ siteId }, "changed", news);
  }
}
