import { once } from "node:events";
import { createServer, type Server } from "node:http";
import { getRequestListener } from "@hono/node-server";

/** A Hono app, whatever its environment. */
export interface Served {
  readonly fetch: (request: Request) => Response | Promise<Response>;
}

export interface ServedApp {
  /** `http://127.0.0.1:<port>`, without a trailing slash. */
  readonly url: string;
  /** Cuts whatever is still open. */
  close(): Promise<void>;
}

/** Serves an app on a free port, for what cannot be shown without a socket: resets, hanging servers, deadlines. */
export async function serveApp(app: Served): Promise<ServedApp> {
  const server = createServer(getRequestListener(app.fetch));
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  return {
    url: `http://127.0.0.1:${portOf(server)}`,
    async close() {
      const closed = once(server, "close");
      server.close();
      server.closeAllConnections();
      await closed;
    },
  };
}

function portOf(server: Server): number {
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("The server does not listen on a port.");
  return address.port;
}
