import type { Change } from "@rolodesk/shared/realtime";
import type { AgentScope, Publisher } from "../deps.ts";
import { rooms } from "./rooms.ts";
import type { SocketServers } from "./socket-servers.ts";

export interface BindablePublisher extends Publisher {
  /** From now on news goes out through these; until then it is nobody's. */
  bind(servers: SocketServers): void;
}

/**
 * Made before the servers it speaks through: usecases need it to be built, and the servers need the usecases. What changes in
 * one turn of the event loop, a batch of messages for one, reaches each agent as one event.
 */
export function createPublisher(): BindablePublisher {
  let servers: SocketServers | undefined;
  const gathered = new Map<string, Change[]>();

  function tellAgents(): void {
    for (const [room, changes] of gathered) {
      const heardIn = room === rooms.everyone ? room : [room, rooms.everySite];
      servers?.agents.to(heardIn).emit("changed", ...changes);
    }
    gathered.clear();
  }

  return {
    bind(opened) {
      servers = opened;
    },
    toAgents(scope, _event, change) {
      if (gathered.size === 0) setImmediate(tellAgents);
      const room = roomOf(scope);
      const changes = gathered.get(room);
      if (changes) changes.push(change);
      else gathered.set(room, [change]);
    },
    toVisitor(visitorId, event, ...args) {
      servers?.visitors.to(rooms.visitor(visitorId)).emit(event, ...args);
    },
    disconnect(whom) {
      if (!servers) return;
      if ("userId" in whom) return servers.agents.in(rooms.user(whom.userId)).disconnectSockets(true);
      if (whom.sessionIds.length === 0) return;
      const gone = whom.sessionIds.map(rooms.session);
      servers.visitors.to(gone).emit("session.ended");
      servers.visitors.in(gone).disconnectSockets(true);
      servers.agents.in(gone).disconnectSockets(true);
    },
  };
}

function roomOf(scope: AgentScope): string {
  return scope === "everyone" ? rooms.everyone : rooms.site(scope.siteId);
}
