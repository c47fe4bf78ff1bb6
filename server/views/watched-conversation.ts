import type { UserActor } from "../actor.ts";
import type { Db } from "../db/client.ts";
import { findConversation, listPlaces } from "../db/queries/conversation.ts";
import { notFound } from "../domain/domain-error.ts";

export interface WatchedPlace {
  readonly visitorId: string;
  readonly siteId: string;
}

/** Whose conversation it is, for an agent who may look at it. */
export async function readWatchedConversation(db: Db, actor: UserActor, conversationId: string): Promise<WatchedPlace> {
  const row = await findConversation(db, conversationId);
  if (!row || (actor.siteIds && !actor.siteIds.includes(row.siteId))) throw notFound("conversation");
  return { visitorId: row.visitorId, siteId: row.siteId };
}

/** Whose these conversations are by now: one moves when its visitor turns out to be a signed person. */
export async function readPlaces(db: Db, conversationIds: readonly string[]): Promise<Map<string, WatchedPlace>> {
  const places = await listPlaces(db, conversationIds);
  return new Map(places.map(({ id, ...place }) => [id, place]));
}
