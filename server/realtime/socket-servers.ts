import type { Server as HttpServer, IncomingMessage } from "node:http";
import type { AgentToServer, ServerToAgent, ServerToVisitor, VisitorToServer } from "@rolodesk/shared/realtime";
import { AGENT_SOCKET_PATH, VISITOR_FRAME_MAX_BYTES, VISITOR_SOCKET_PATH } from "@rolodesk/shared/vocabulary";
import { Server, type ServerOptions, type Socket } from "socket.io";
import type { UserActor, VisitorActor } from "../actor.ts";
import { ownOrigins } from "../own-origins.ts";
import type { WatchedPlace } from "../views/watched-conversation.ts";

interface VisitorSocketData {
  sessionId: string;
  actor: VisitorActor;
  /** Conversation → the visitor's name, once it was found to be theirs; for typing, which is frequent. */
  typist: Map<string, string>;
}

interface AgentSocketData {
  sessionId: string;
  actor: UserActor;
  /** Conversations this agent looks at. */
  watched: Map<string, WatchedPlace>;
}

type None = Record<string, never>;
type VisitorServer = Server<VisitorToServer, ServerToVisitor, None, VisitorSocketData>;
export type VisitorSocket = Socket<VisitorToServer, ServerToVisitor, None, VisitorSocketData>;
export type AgentServer = Server<AgentToServer, ServerToAgent, None, AgentSocketData>;
export type AgentSocket = Socket<AgentToServer, ServerToAgent, None, AgentSocketData>;

export interface SocketServers {
  readonly visitors: VisitorServer;
  readonly agents: AgentServer;
}

/** Two socket servers beside the HTTP listeners that are there already. Pages of other origins reach neither. */
export function openSocketServers(server: HttpServer, publicUrl: string): SocketServers {
  const own = ownOrigins(publicUrl);
  const options: Partial<ServerOptions> = {
    serveClient: false,
    maxHttpBufferSize: VISITOR_FRAME_MAX_BYTES,
    connectTimeout: 10_000,
    pingInterval: 20_000,
    pingTimeout: 20_000,
    // the `cors` option does not keep a foreign page from opening a WebSocket; this does
    allowRequest: (request: IncomingMessage, decide) => {
      const { origin } = request.headers;
      decide(null, origin === undefined || own.has(origin));
    },
  };
  const servers: SocketServers = {
    // each would cut the other's upgrades that take longer than a second; one of them has to clean up strays
    visitors: new Server(server, { ...options, path: VISITOR_SOCKET_PATH, destroyUpgrade: false }),
    agents: new Server(server, { ...options, path: AGENT_SOCKET_PATH, destroyUpgradeTimeout: 10_000 }),
  };
  for (const { engine } of [servers.visitors, servers.agents]) {
    engine.on("headers", (headers: Record<string, string>) => {
      headers["X-Content-Type-Options"] = "nosniff";
    });
  }
  return servers;
}
