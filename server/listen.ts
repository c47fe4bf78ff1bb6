import { once } from "node:events";
import { createServer, type Server } from "node:http";

export interface Listening {
  readonly server: Server;
  readonly port: number;
}

const PORTS_TRIED = 50;
const HIGHEST_PORT = 65_535;

/** Listens on exactly this port (0: any free one). A port somebody else has is an error that says so. */
export async function listenOn(host: string, port: number): Promise<Listening> {
  const listening = await tryListen(host, port);
  if (!listening) throw new Error(`Port ${port} is in use by another program. Set another one, or end that program.`);
  return listening;
}

/** Listens on this port or the next free one after it. */
export async function listenFrom(host: string, first: number): Promise<Listening> {
  for (let port = first; port < first + PORTS_TRIED && port <= HIGHEST_PORT; port += 1) {
    const listening = await tryListen(host, port);
    if (listening) return listening;
  }
  return listenOn(host, 0);
}

async function tryListen(host: string, port: number): Promise<Listening | undefined> {
  const server = createServer();
  server.listen(port, host);
  try {
    await once(server, "listening");
  } catch (error) {
    if (error instanceof Error && "code" in error && error.code === "EADDRINUSE") return undefined;
    throw error;
  }
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("The server does not listen on a port.");
  return { server, port: address.port };
}

const DRAIN_TIMEOUT_MS = 3000;

/** Refuses new connections, lets answers under way finish for a while, then cuts what is left. */
export async function closeServer(server: Server): Promise<void> {
  if (!server.listening) return;
  const closed = once(server, "close");
  server.close();
  server.closeIdleConnections();
  const cut = setTimeout(() => server.closeAllConnections(), DRAIN_TIMEOUT_MS);
  await closed;
  clearTimeout(cut);
}
