import type { UserActor } from "../actor.ts";
import { createTokenBuckets } from "../limits/token-buckets.ts";
import { AGENT_EVENTS } from "./agent-events.ts";
import { dispatch } from "./dispatch.ts";
import type { GatewayContext } from "./gateway-context.ts";
import { rooms } from "./rooms.ts";
import type { AgentSocket } from "./socket-servers.ts";

/** Lets signed-in users in by their session cookie. */
export function acceptAgents({ deps, auth, servers, presence, announcer, limits }: GatewayContext): void {
  const dispatcher = { handlers: AGENT_EVENTS, log: deps.log, limit: createTokenBuckets(limits.events) };

  async function admit(socket: AgentSocket): Promise<boolean> {
    const session = await auth.session(new Headers({ cookie: socket.handshake.headers.cookie ?? "" }));
    if (!session) return false;
    socket.data = { sessionId: session.id, actor: session.actor, watched: new Map() };
    return true;
  }

  servers.agents.use((socket, next) => {
    admit(socket).then(
      (admitted) => next(admitted ? undefined : new Error("unauthenticated")),
      (err) => {
        deps.log.error({ err }, "An agent's socket could not be authenticated");
        next(new Error("unavailable"));
      },
    );
  });

  servers.agents.on("connection", async (socket) => {
    const { actor, sessionId } = socket.data;
    const context = { deps, socket, presence };
    socket.onAny((event: string, ...args: unknown[]) => dispatch(dispatcher, context, socket.id, event, args));
    announcer.agentCame(actor);
    socket.on("disconnect", () => announcer.agentWent(socket.data.actor));
    await socket.join([rooms.everyone, rooms.user(actor.userId), rooms.session(sessionId), ...siteRooms(actor)]);
  });
}

export function siteRooms({ siteIds }: UserActor): string[] {
  return siteIds?.map(rooms.site) ?? [rooms.everySite];
}
