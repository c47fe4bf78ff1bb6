import type { AgentScope, Publisher } from "../deps.ts";
import { rooms } from "./rooms.ts";
import type { SocketServers } from "./socket-servers.ts";

export interface BindablePublisher extends Publisher {
  /** From now on news goes out through these; until then it is nobody's. */
  bind(servers: SocketServers): void;
}

/** Made before the servers it speaks through: usecases need it to be built, and the servers need the usecases. */
export function createPublisher(): BindablePublisher {
  let servers: SocketServers | undefined;
  return {
    bind(opened) {
      servers = opened;
    },
    toAgents(scope, event, ...args) {
      servers?.agents.to(agentRooms(scope)).emit(event, ...args);
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

function agentRooms(scope: AgentScope): string[] {
  if (scope === "everyone") return [rooms.everyone];
  if ("watching" in scope) return [rooms.watching(scope.watching)];
  return [rooms.site(scope.siteId), rooms.everySite];
}
