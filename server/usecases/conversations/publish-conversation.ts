import { findConversation } from "../../db/queries/conversation.ts";
import type { MessageRow } from "../../db/queries/message.ts";
import { findVisitor } from "../../db/queries/visitor.ts";
import type { Deps } from "../../deps.ts";
import { toMessage } from "../../views/message.ts";
import { toVisitorConversation } from "../../views/visitor.ts";

/** Tells both sides how a conversation stands now, and what was added to it. Call it after the commit. */
export async function publishConversation(
  deps: Deps,
  conversationId: string,
  added: readonly MessageRow[] = [],
): Promise<void> {
  const row = await findConversation(deps.db, conversationId);
  const visitor = row && (await findVisitor(deps.db, row.visitorId));
  if (!visitor) return;
  for (const message of added) publishMessage(deps, row, message);
  deps.publish.toVisitor(row.visitorId, "conversation", toVisitorConversation(row, visitor.stated));
  deps.publish.toAgents({ siteId: row.siteId }, "changed", {
    kind: "conversation",
    id: row.id,
    conversationId: row.id,
    contactId: row.contactId,
    version: row.version,
  });
}

interface MessagePlace {
  readonly siteId: string;
  readonly visitorId: string;
  readonly contactId: string | null;
  readonly version: number;
}

/** Notes go to agents only. */
export function publishMessage(deps: Deps, place: MessagePlace, message: MessageRow): void {
  if (message.kind !== "note") deps.publish.toVisitor(place.visitorId, "message", toMessage(message));
  deps.publish.toAgents({ siteId: place.siteId }, "changed", {
    kind: "message",
    id: message.id,
    conversationId: message.conversationId,
    contactId: place.contactId,
    version: place.version,
  });
}

export function publishRuns(
  deps: Deps,
  { id, siteId, contactId }: { id: string; siteId: string; contactId: string | null },
  runIds: readonly string[],
): void {
  for (const runId of runIds) {
    deps.publish.toAgents({ siteId }, "changed", {
      kind: "sync_run",
      id: runId,
      conversationId: id,
      contactId,
      version: 1,
    });
  }
}
