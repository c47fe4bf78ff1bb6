import { setTimeout as delay } from "node:timers/promises";
import type { UserActor } from "../actor.ts";
import { readSessionLives } from "../views/visitor-sessions.ts";
import { readPlaces } from "../views/watched-conversation.ts";
import { siteRooms } from "./accept-agents.ts";
import { followWatched, stopWatching } from "./agent-events.ts";
import type { GatewayContext } from "./gateway-context.ts";
import type { AgentSocket } from "./socket-servers.ts";

const RECHECK_MS = 2000;

/**
 * Looks again and again whether the sessions of open sockets still hold, for what ended elsewhere: in another process, by
 * its age, by a change of somebody's rights. Answers how to stop.
 */
export function startReauthentication(context: GatewayContext, everyMs = RECHECK_MS): () => Promise<void> {
  const stopping = new AbortController();
  const running = repeat(context, everyMs, stopping.signal);
  return async () => {
    stopping.abort();
    await running;
  };
}

async function repeat(context: GatewayContext, everyMs: number, stopping: AbortSignal): Promise<void> {
  while (!stopping.aborted) {
    await delay(everyMs, undefined, { signal: stopping, ref: false }).catch(() => {});
    if (stopping.aborted) return;
    const sweeps = await Promise.allSettled([sweepVisitors(context), sweepAgents(context)]);
    for (const sweep of sweeps) {
      // sockets outlive a database that is away for a while; the next round asks again
      if (sweep.status === "rejected") context.deps.log.warn({ err: sweep.reason }, "Sockets could not be checked");
    }
  }
}

async function sweepVisitors({ deps, servers }: GatewayContext): Promise<void> {
  const sockets = [...servers.visitors.of("/").sockets.values()];
  const lives = await readSessionLives(deps, [...new Set(sockets.map(({ data }) => data.sessionId))]);
  for (const socket of sockets) {
    const life = lives.get(socket.data.sessionId);
    // a dropped line makes the client renew its token and come back; an ended session it must forget
    if (life === "expired") socket.conn.close();
    if (life === "ended") {
      socket.emit("session.ended");
      socket.disconnect(true);
    }
  }
}

async function sweepAgents(context: GatewayContext): Promise<void> {
  const sockets = [...context.servers.agents.of("/").sockets.values()];
  const live = await context.auth.live([...new Set(sockets.map(({ data }) => data.sessionId))]);
  const actors = new Map(live.map(({ id, actor }) => [id, actor]));
  const places = await readPlaces(context.deps.db, [
    ...new Set(sockets.flatMap(({ data }) => [...data.watched.keys()])),
  ]);
  for (const socket of sockets) {
    const actor = actors.get(socket.data.sessionId);
    if (!actor) {
      socket.disconnect(true);
      continue;
    }
    await refresh(context, socket, actor);
    await followWatched(socket, places);
  }
}

/** Gives a socket its user's rights of today. */
async function refresh({ announcer }: GatewayContext, socket: AgentSocket, actor: UserActor): Promise<void> {
  const before = socket.data.actor;
  socket.data.actor = actor;
  if (String(before.siteIds) === String(actor.siteIds)) return;
  for (const room of siteRooms(before)) await socket.leave(room);
  await socket.join(siteRooms(actor));
  for (const [conversationId, { siteId }] of socket.data.watched) {
    if (actor.siteIds && !actor.siteIds.includes(siteId)) await stopWatching(socket, conversationId);
  }
  announcer.agentCame(actor);
  announcer.agentWent(before);
}
