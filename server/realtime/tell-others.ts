import type { Publisher } from "../deps.ts";
import { rooms } from "./rooms.ts";
import type { VisitorSocket } from "./socket-servers.ts";

/**
 * A publisher for what came in by this socket: a visitor's own message goes to their other tabs only, if there are any, for
 * this one reads it in the acknowledgement. On the chat's hot path that is every second frame.
 */
export function tellOthers(publish: Publisher, socket: VisitorSocket): Publisher {
  return {
    ...publish,
    toVisitor(visitorId, event, ...args) {
      const [news] = args;
      const isOwn = event === "message" && typeof news === "object" && "kind" in news && news.kind === "visitor";
      const room = rooms.visitor(visitorId);
      if (!isOwn) publish.toVisitor(visitorId, event, ...args);
      else if (hasOthers(socket, room)) socket.to(room).emit(event, ...args);
    },
  };
}

function hasOthers({ id, nsp }: VisitorSocket, room: string): boolean {
  const inside = nsp.adapter.rooms.get(room);
  return inside !== undefined && (inside.size > 1 || !inside.has(id));
}
