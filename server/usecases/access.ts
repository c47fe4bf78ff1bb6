import type { UserActor } from "../actor.ts";
import type { DbOrTx } from "../db/client.ts";
import { type ConversationRow, findConversation } from "../db/queries/conversation.ts";
import { DomainError, notFound } from "../domain/domain-error.ts";

export function assertAdmin(actor: UserActor): void {
  if (actor.role !== "admin") throw new DomainError("forbidden", "Only an admin may do this.");
}

export function servesSite({ siteIds }: UserActor, siteId: string): boolean {
  return siteIds === null || siteIds.includes(siteId);
}

/** A conversation of a site this agent serves; throws the same `not_found` for others' as for none. */
export async function getServedConversation(db: DbOrTx, actor: UserActor, id: string): Promise<ConversationRow> {
  return assertServed(actor, await findConversation(db, id));
}

export function assertServed(actor: UserActor, row: ConversationRow | undefined): ConversationRow {
  if (!row || !servesSite(actor, row.siteId)) throw notFound("conversation");
  return row;
}
