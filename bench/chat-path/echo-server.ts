import { once } from "node:events";
import { createServer } from "node:http";
import { VISITOR_SOCKET_PATH } from "@rolodesk/shared/vocabulary";
import { Server } from "socket.io";
import { tellMemory } from "../server/tell-memory.ts";

/** The limit: Socket.IO that acknowledges what it gets, and nothing else. */
const server = createServer();
const io = new Server(server, { path: VISITOR_SOCKET_PATH, serveClient: false });
io.on("connection", (socket) => {
  socket.on("message.send", (input: unknown, acknowledge: (answer: unknown) => void) => acknowledge(input));
});
server.listen(0, "127.0.0.1");
await once(server, "listening");
const address = server.address();
process.send?.({ port: typeof address === "object" ? address?.port : 0 });
tellMemory();
process.on("disconnect", () => process.exit(0));
