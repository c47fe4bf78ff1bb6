import type { Presence, PresentAgent } from "../presence.ts";
import { rooms, siteOfRoom } from "./rooms.ts";
import type { SocketServers } from "./socket-servers.ts";

export interface PresenceAnnouncer {
  agentCame(agent: PresentAgent): void;
  agentWent(agent: PresentAgent): void;
  visitorCame(visitorId: string): void;
  visitorWent(visitorId: string): void;
  stop(): void;
}

/** Who leaves may only be loading a page: they count as here this much longer. */
const LINGER_MS = 3000;

/** Keeps presence and tells those whom a change concerns. */
export function announcePresence(servers: SocketServers, presence: Presence): PresenceAnnouncer {
  const leaving = new Set<NodeJS.Timeout>();

  function later(leave: () => void): void {
    const timer = setTimeout(() => {
      leaving.delete(timer);
      leave();
    }, LINGER_MS);
    leaving.add(timer);
  }

  /** Makes a change among agents, then tells visitors of the sites where it is felt, and the agents. */
  function changeAgents(change: () => void): void {
    const sites = [...servers.visitors.of("/").adapter.rooms.keys()].flatMap((room) => siteOfRoom(room) ?? []);
    const before = sites.map(presence.agentsOnline);
    change();
    for (const [index, siteId] of sites.entries()) {
      const agentsOnline = presence.agentsOnline(siteId);
      if (agentsOnline !== before[index]) servers.visitors.to(rooms.site(siteId)).emit("presence", { agentsOnline });
    }
    servers.agents.emit("presence", { onlineUserIds: presence.onlineUserIds() });
  }

  function tellWatchers(visitorId: string, online: boolean): void {
    const { sockets, adapter } = servers.agents.of("/");
    for (const socketId of adapter.rooms.get(rooms.watchingVisitor(visitorId)) ?? []) {
      const socket = sockets.get(socketId);
      for (const [conversationId, place] of socket?.data.watched ?? []) {
        if (place.visitorId === visitorId) socket?.emit("visitor.presence", { conversationId, online });
      }
    }
  }

  return {
    agentCame: (agent) => changeAgents(() => presence.agentCame(agent)),
    agentWent: (agent) => later(() => changeAgents(() => presence.agentWent(agent))),
    visitorCame(visitorId) {
      if (presence.visitorCame(visitorId)) tellWatchers(visitorId, true);
    },
    visitorWent: (visitorId) =>
      later(() => {
        if (presence.visitorWent(visitorId)) tellWatchers(visitorId, false);
      }),
    stop() {
      for (const timer of leaving) clearTimeout(timer);
    },
  };
}
