import type { IncomingMessage } from "node:http";
import { z } from "zod";
import { clientAddress } from "../limits/client-address.ts";
import { createTokenBuckets } from "../limits/token-buckets.ts";
import { authenticateVisitor } from "../usecases/visitors/authenticate-visitor.ts";
import { dispatch } from "./dispatch.ts";
import type { GatewayContext } from "./gateway-context.ts";
import { rooms } from "./rooms.ts";
import type { VisitorSocket } from "./socket-servers.ts";
import { tellOthers } from "./tell-others.ts";
import { VISITOR_EVENTS } from "./visitor-events.ts";

const Handshake = z.object({ token: z.string().max(200) });

/** Lets visitors in by their token; it travels in the handshake, never in an address. */
export function acceptVisitors({ deps, servers, presence, announcer, limits, trustProxy }: GatewayContext): void {
  const connections = createTokenBuckets(limits.connections);
  const messages = createTokenBuckets(limits.messages);
  const dispatcher = { handlers: VISITOR_EVENTS, log: deps.log, limit: createTokenBuckets(limits.events) };

  /** The word for why not, or null. */
  async function refusal(socket: VisitorSocket): Promise<string | null> {
    const request: IncomingMessage = socket.request;
    if (connections.take(clientAddress(request, trustProxy)) > 0) return "rate_limited";
    const handshake = Handshake.safeParse(socket.handshake.auth);
    if (!handshake.success) return "unauthenticated";
    const credential = await authenticateVisitor(deps, handshake.data.token);
    if (credential.kind !== "good") return credential.kind;
    socket.data = { sessionId: credential.sessionId, actor: credential.actor, typist: new Map() };
    return null;
  }

  servers.visitors.use((socket, next) => {
    refusal(socket).then(
      (reason) => next(reason === null ? undefined : new Error(reason)),
      (err) => {
        deps.log.error({ err }, "A visitor's socket could not be authenticated");
        next(new Error("unavailable"));
      },
    );
  });

  servers.visitors.on("connection", async (socket) => {
    const { actor, sessionId } = socket.data;
    const own = { ...deps, publish: tellOthers(deps.publish, socket) };
    const context = { deps: own, socket, agents: servers.agents, messages };
    socket.onAny((event: string, ...args: unknown[]) => dispatch(dispatcher, context, socket.id, event, args));
    announcer.visitorCame(actor.visitorId);
    socket.on("disconnect", () => announcer.visitorWent(actor.visitorId));
    await socket.join([rooms.visitor(actor.visitorId), rooms.site(actor.siteId), rooms.session(sessionId)]);
    socket.emit("presence", { agentsOnline: presence.agentsOnline(actor.siteId) });
  });
}
