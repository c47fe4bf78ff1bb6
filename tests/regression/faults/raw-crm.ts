import { once } from "node:events";
import { createServer, type Socket } from "node:net";

/** How a server without manners treats a request. */
export const MANNERS = ["headers byte by byte", "headers and then nothing", "a body without end"] as const;
type Manners = (typeof MANNERS)[number];

export interface RawCrm {
  /** `http://127.0.0.1:<port>` */
  readonly url: string;
  /** Sockets that are open now. */
  open(): number;
  /** Requests that came. */
  asked(): number;
  close(): Promise<void>;
}

const BEAT_MS = 20;
const HEAD = "HTTP/1.1 200 OK\r\ncontent-type: application/json\r\n";

/** A bare TCP server that plays a CRM which never finishes an answer. */
export async function startRawCrm(manners: Manners): Promise<RawCrm> {
  const sockets = new Set<Socket>();
  let asked = 0;
  const server = createServer((socket) => {
    sockets.add(socket);
    socket.on("error", () => {});
    socket.once("data", () => {
      asked += 1;
      const stop = misbehave(socket, manners);
      socket.once("close", () => {
        stop();
        sockets.delete(socket);
      });
    });
    socket.once("close", () => sockets.delete(socket));
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("The server does not listen on a port.");
  return {
    url: `http://127.0.0.1:${address.port}`,
    open: () => sockets.size,
    asked: () => asked,
    async close() {
      for (const socket of sockets) socket.destroy();
      server.close();
      await once(server, "close");
    },
  };
}

/** Returns how to stop. */
function misbehave(socket: Socket, manners: Manners): () => void {
  if (manners === "headers and then nothing") {
    socket.write(`${HEAD}content-length: 1000\r\n\r\n`);
    return () => {};
  }
  const text = manners === "a body without end" ? " ".repeat(1024) : HEAD + "x-slow: 1\r\n".repeat(10_000);
  if (manners === "a body without end") socket.write(`${HEAD}transfer-encoding: chunked\r\n\r\n`);
  let at = 0;
  const timer = setInterval(() => {
    if (manners === "a body without end") socket.write(`400\r\n${text}\r\n`);
    else socket.write(text.charAt(at++));
  }, BEAT_MS);
  return () => clearInterval(timer);
}
