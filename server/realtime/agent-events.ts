import { type AgentToServer, InConversation, Typing } from "@rolodesk/shared/realtime";
import type { Deps } from "../deps.ts";
import { DomainError } from "../domain/domain-error.ts";
import type { Presence } from "../presence.ts";
import { readWatchedConversation, type WatchedPlace } from "../views/watched-conversation.ts";
import { type AckData, type EventHandler, onEvent } from "./dispatch.ts";
import { rooms } from "./rooms.ts";
import type { AgentSocket } from "./socket-servers.ts";

interface AgentContext {
  readonly deps: Deps;
  readonly socket: AgentSocket;
  readonly presence: Presence;
}

/** Conversations one tab looks at. */
const WATCHED_AT_ONCE = 50;

/** What an agent's socket can ask for. Everything else is asked over HTTP. */
export const AGENT_EVENTS = {
  watch: onEvent(InConversation, async ({ deps, socket, presence }: AgentContext, { conversationId }) => {
    const { actor, watched } = socket.data;
    const place = await readWatchedConversation(deps.db, actor, conversationId);
    if (watched.size >= WATCHED_AT_ONCE) throw new DomainError("conflict", "Close some conversations first.");
    await startWatching(socket, conversationId, place);
    return { visitorOnline: presence.visitorOnline(place.visitorId) };
  }),

  unwatch: onEvent(InConversation, async ({ socket }: AgentContext, { conversationId }) => {
    await stopWatching(socket, conversationId);
  }),

  typing: onEvent(Typing, async ({ deps, socket }: AgentContext, { conversationId, on }) => {
    const { actor, watched } = socket.data;
    const place = watched.get(conversationId);
    if (!place) throw new DomainError("conflict", "Watch the conversation first.");
    const { userId, name } = actor;
    deps.publish.toVisitor(place.visitorId, "typing", { conversationId, on, name });
    socket.to(rooms.watching(conversationId)).emit("typing", { conversationId, from: "agent", userId, name, on });
  }),
} satisfies { [E in keyof AgentToServer]: EventHandler<AgentContext, AckData<AgentToServer[E]>> };

async function startWatching(socket: AgentSocket, conversationId: string, place: WatchedPlace): Promise<void> {
  socket.data.watched.set(conversationId, place);
  await socket.join([rooms.watching(conversationId), rooms.watchingVisitor(place.visitorId)]);
}

/** Follows a conversation to where it belongs by now. */
export async function followWatched(socket: AgentSocket, places: ReadonlyMap<string, WatchedPlace>): Promise<void> {
  for (const [conversationId, { visitorId }] of [...socket.data.watched]) {
    const place = places.get(conversationId);
    if (!place || place.visitorId === visitorId) continue;
    await stopWatching(socket, conversationId);
    await startWatching(socket, conversationId, place);
  }
}

export async function stopWatching(socket: AgentSocket, conversationId: string): Promise<void> {
  const { watched } = socket.data;
  const place = watched.get(conversationId);
  if (!place) return;
  watched.delete(conversationId);
  await socket.leave(rooms.watching(conversationId));
  const stillWatched = [...watched.values()].some(({ visitorId }) => visitorId === place.visitorId);
  if (!stillWatched) await socket.leave(rooms.watchingVisitor(place.visitorId));
}
