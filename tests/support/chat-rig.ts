import { once } from "node:events";
import { createServer, type Server } from "node:http";
import { getRequestListener } from "@hono/node-server";
import { Site } from "@rolodesk/shared/site";
import { Me } from "@rolodesk/shared/user";
import { VisitorSession } from "@rolodesk/shared/visitor";
import { AGENT_SOCKET_PATH, VISITOR_SOCKET_PATH } from "@rolodesk/shared/vocabulary";
import { type Logger, pino } from "pino";
import { io, type ManagerOptions, type Socket, type SocketOptions } from "socket.io-client";
import { createAuth } from "../../server/auth/auth.ts";
import { hashPassword } from "../../server/auth/password-hash.ts";
import type { Db } from "../../server/db/client.ts";
import { insertUser } from "../../server/db/queries/user.ts";
import { openRecordLocks } from "../../server/db/record-locks.ts";
import { siteAgent } from "../../server/db/schema/site.ts";
import type { Deps } from "../../server/deps.ts";
import { createHttpApp } from "../../server/http/app.ts";
import type { Doors } from "../../server/http/doors.ts";
import { createConnectorFactory } from "../../server/integrations/create-connector-factory.ts";
import type { Job } from "../../server/jobs/catalog.ts";
import { createOutside, WITH_LOOPBACK } from "../../server/net/outside.ts";
import { createPresence } from "../../server/presence.ts";
import { attachRealtime, type RealtimeLimits } from "../../server/realtime/gateway.ts";
import { createPublisher } from "../../server/realtime/publisher.ts";
import { createSecretBox } from "../../server/secret-box.ts";
import { createCallGates } from "../../server/usecases/calls/create-call-gates.ts";
import { checkContract } from "./check-contract.ts";
import { freshDb } from "./fresh-db.ts";
import { mint, mintEmail, newId } from "./ids.ts";

export interface ChatRig {
  readonly url: string;
  readonly databaseUrl: string;
  readonly db: Db;
  readonly deps: Deps;
  readonly app: ReturnType<typeof createHttpApp>;
  /** Moves the server's clock. */
  advance(ms: number): void;
  /** Runs that were put in the queue. */
  readonly enqueuedRuns: string[];
  /** All other jobs that were. */
  readonly enqueuedJobs: Job[];
  makeSite(change?: Partial<Site>): Promise<Site>;
  makeUser(role: "admin" | "agent", siteIds?: readonly string[]): Promise<Agent>;
  visit(siteKey: string, options?: { bearer?: string; identityToken?: string }): Promise<VisitorSession>;
  visitorSocket(token: unknown, options?: SocketChoice): Socket;
  agentSocket(cookie: string | undefined, options?: SocketChoice): Socket;
  /** Closes every socket that was opened here. */
  hangUp(): void;
  close(): Promise<void>;
}

type SocketChoice = Partial<ManagerOptions & SocketOptions>;

export interface Agent {
  readonly me: Me;
  readonly email: string;
  readonly password: string;
  readonly cookie: string;
  /** A request as the console makes it. */
  request(method: string, path: string, body?: unknown): Promise<Response>;
  /** Signs in once more. */
  signIn(): Promise<string>;
}

interface ChatRigOptions {
  readonly trustProxy?: number;
  readonly limits?: Partial<RealtimeLimits>;
  readonly recheckMs?: number;
  readonly staticRoot?: string;
  readonly publicUrl?: string;
  readonly demoLogins?: Doors["demoLogins"];
  readonly log?: Logger;
}

/** The whole server on a free port, with a database of its own: what browsers meet, apart from the CRMs behind it. */
export async function createChatRig(options: ChatRigOptions = {}): Promise<ChatRig> {
  const fresh = await freshDb();
  const locks = openRecordLocks(fresh.url);
  const server = await listen();
  const url = `http://127.0.0.1:${portOf(server)}`;
  const publisher = createPublisher();
  const presence = createPresence();
  const enqueuedJobs: Job[] = [];
  const enqueuedRuns: string[] = [];
  const sockets = new Set<Socket>();
  let offsetMs = 0;

  const connectors = createConnectorFactory({ demo: true, now: Date.now });
  const deps: Deps = {
    db: fresh.db,
    locks,
    now: () => new Date(Date.now() + offsetMs),
    newId,
    random: Math.random,
    log: options.log ?? pino({ level: process.env.LOG_LEVEL ?? "silent" }),
    publish: publisher,
    secrets: createSecretBox([Buffer.alloc(32, 7)]),
    connectors,
    outside: createOutside(WITH_LOOPBACK),
    callGate: createCallGates({ db: fresh.db, connectors, publish: publisher, newId }),
    enqueue: async (_tx, job) => void enqueuedJobs.push(job),
    enqueueRun: async (_tx, run) => void enqueuedRuns.push(run.id),
    enqueueTranscript: async () => {},
    enqueueSettlement: async () => {},
    enqueueWebhookEvent: async () => {},
    config: { publicUrl: options.publicUrl ?? url, demo: false },
  };
  const { now, db, log } = deps;
  const auth = createAuth({ db, publicUrl: deps.config.publicUrl, secret: "s".repeat(32), now, log });
  const trustProxy = options.trustProxy ?? 0;
  const app = createHttpApp(deps, {
    auth,
    presence,
    trustProxy,
    staticRoot: options.staticRoot ?? ".",
    demoLogins: options.demoLogins,
  });
  const contract = checkContract(app);
  server.on("request", getRequestListener(contract.fetch));
  const { limits, recheckMs } = options;
  const realtime = attachRealtime(server, deps, { auth, presence, publisher, trustProxy, limits, recheckMs });

  function connect(path: string, choice: SocketChoice): Socket {
    const socket = io(url, { path, transports: ["websocket"], reconnection: false, forceNew: true, ...choice });
    sockets.add(socket);
    return socket;
  }

  function hangUp(): void {
    for (const socket of sockets) socket.disconnect();
    sockets.clear();
  }

  async function signIn(email: string, password: string): Promise<{ cookie: string; me: Me }> {
    const response = await fetch(`${url}/api/auth/sign-in/email`, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify({ email, password }),
    });
    if (!response.ok) throw new Error(`Signing in answered ${response.status}: ${await response.text()}`);
    return { cookie: cookieOf(response), me: Me.parse(await response.json()) };
  }

  const rig: ChatRig = {
    url,
    databaseUrl: fresh.url,
    db: fresh.db,
    deps,
    app,
    enqueuedRuns,
    enqueuedJobs,
    advance(ms) {
      offsetMs += ms;
    },
    hangUp,

    async makeSite(change = {}) {
      const admin = await rig.makeUser("admin");
      const response = await admin.request("POST", "/api/sites", {
        name: mint("Shop"),
        accent: "#1d6b5f",
        greeting: "Hello",
        origins: ["https://shop.example.com"],
        defaultCountry: "US",
        ask: { firstName: "optional", lastName: "optional", email: "optional", phone: "optional" },
        idleMinutes: 30,
        ...change,
      });
      return Site.parse(await response.json());
    },

    async makeUser(role, siteIds = []) {
      const [email, password, id] = [mintEmail(role), mint("password"), newId()];
      const hash = await hashPassword(password);
      await fresh.db.transaction((tx) => insertUser(tx, { id, name: mint("Agent"), email, role }, hash));
      if (siteIds.length > 0)
        await fresh.db.insert(siteAgent).values(siteIds.map((siteId) => ({ siteId, userId: id })));
      const { cookie, me } = await signIn(email, password);
      return {
        me,
        email,
        password,
        cookie,
        signIn: async () => (await signIn(email, password)).cookie,
        request: (method, path, body) => send(url, method, path, { cookie, body }),
      };
    },

    async visit(siteKey, { bearer, identityToken } = {}) {
      const response = await fetch(`${url}/widget/api/sessions`, {
        method: "POST",
        headers: {
          "content-type": "application/json",
          origin: deps.config.publicUrl,
          ...(bearer ? { authorization: `Bearer ${bearer}` } : {}),
        },
        body: JSON.stringify({ siteKey, identityToken }),
      });
      if (!response.ok) throw new Error(`The visit answered ${response.status}: ${await response.text()}`);
      return VisitorSession.parse(await response.json());
    },

    visitorSocket: (token, choice = {}) => connect(VISITOR_SOCKET_PATH, { auth: { token }, ...choice }),
    agentSocket: (cookie, choice = {}) =>
      connect(AGENT_SOCKET_PATH, { extraHeaders: cookie ? { cookie } : {}, ...choice }),

    async close() {
      hangUp();
      await realtime.close();
      server.close();
      server.closeAllConnections();
      await locks.close();
      await fresh.drop();
      contract.assertKept();
    },
  };
  return rig;
}

interface RequestChoice {
  readonly cookie?: string;
  readonly body?: unknown;
  readonly headers?: Record<string, string>;
}

/** A request with everything the console adds. */
export async function send(
  url: string,
  method: string,
  path: string,
  { cookie, body, headers = {} }: RequestChoice = {},
): Promise<Response> {
  return await fetch(url + path, {
    method,
    redirect: "manual",
    headers: {
      ...(cookie ? { cookie } : {}),
      ...(method === "GET" ? {} : { "x-rolodesk": "1", origin: url }),
      ...(body === undefined ? {} : { "content-type": "application/json" }),
      ...headers,
    },
    body: body === undefined ? undefined : JSON.stringify(body),
  });
}

export function cookieOf(response: Response): string {
  return response.headers
    .getSetCookie()
    .map((line) => line.slice(0, line.indexOf(";")))
    .join("; ");
}

async function listen(): Promise<Server> {
  const server = createServer();
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  return server;
}

function portOf(server: Server): number {
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("The server does not listen on a port.");
  return address.port;
}
