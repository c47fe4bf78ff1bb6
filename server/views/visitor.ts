import type { VisitorConversation } from "@rolodesk/shared/conversation";
import type { VisitorIdentity } from "@rolodesk/shared/visitor";
import type { ConversationRow } from "../db/queries/conversation.ts";
import type { VisitorRow } from "../db/queries/visitor.ts";

/** Everything a visitor may know of a conversation. */
export function toVisitorConversation(
  row: Pick<ConversationRow, "id" | "status" | "endedBy" | "lastSeq" | "readByVisitor" | "readByAgents">,
  stated: VisitorRow["stated"],
): VisitorConversation {
  return {
    id: row.id,
    status: row.status,
    endedBy: row.endedBy,
    lastSeq: row.lastSeq,
    readByVisitor: row.readByVisitor,
    readByAgents: row.readByAgents,
    statedFields: Object.keys(stated),
  };
}

export function toVisitorIdentity({ identity, stated }: VisitorRow): VisitorIdentity {
  return {
    state: identity,
    firstName: stated.firstName?.value ?? null,
    lastName: stated.lastName?.value ?? null,
    email: stated.email?.value ?? null,
    phone: stated.phone?.value ?? null,
  };
}
