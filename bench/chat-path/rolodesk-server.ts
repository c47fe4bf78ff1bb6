import { randomBytes } from "node:crypto";
import { once } from "node:events";
import { createServer } from "node:http";
import { getRequestListener } from "@hono/node-server";
import { pino } from "pino";
import { createAuth } from "../../server/auth/auth.ts";
import { hashPassword } from "../../server/auth/password-hash.ts";
import { openDb } from "../../server/db/client.ts";
import { insertUser } from "../../server/db/queries/user.ts";
import { openRecordLocks } from "../../server/db/record-locks.ts";
import { site } from "../../server/db/schema/site.ts";
import type { Deps } from "../../server/deps.ts";
import { createHealth } from "../../server/health.ts";
import { createHttpApp } from "../../server/http/app.ts";
import { createConnectorFactory } from "../../server/integrations/create-connector-factory.ts";
import { createOutside, WITH_LOOPBACK } from "../../server/net/outside.ts";
import { newId } from "../../server/new-id.ts";
import { listenToRelays } from "../../server/news-relay.ts";
import { createPresence } from "../../server/presence.ts";
import { projectRoot } from "../../server/project-root.ts";
import { attachRealtime } from "../../server/realtime/gateway.ts";
import { createPublisher } from "../../server/realtime/publisher.ts";
import { createSecretBox } from "../../server/secret-box.ts";
import { createCallGates } from "../../server/usecases/calls/create-call-gates.ts";
import { receiveMessage } from "../../server/usecases/conversations/receive-message.ts";
import { openVisitorSession } from "../../server/usecases/visitors/open-visitor-session.ts";
import { tellMemory } from "../server/tell-memory.ts";

/** Rolodesk's doors on a real database, with visitors in conversations and an agent signed in. Only the limits are off. */
const [databaseUrl = "", visitors = "0"] = process.argv.slice(2);
const NO_LIMIT = { burst: 1e9, refillMs: 1 };

const opened = openDb(databaseUrl);
const publisher = createPublisher();
const presence = createPresence();
const connectors = createConnectorFactory({ demo: true, now: Date.now });
const nothing = async () => {};
const deps: Deps = {
  db: opened.db,
  locks: openRecordLocks(databaseUrl),
  now: () => new Date(),
  newId,
  random: Math.random,
  log: pino({ level: "warn" }),
  publish: publisher,
  secrets: createSecretBox([randomBytes(32)]),
  connectors,
  outside: createOutside(WITH_LOOPBACK),
  callGate: createCallGates({ db: opened.db, connectors, publish: publisher, newId }),
  enqueue: nothing,
  enqueueRun: nothing,
  enqueueTranscript: nothing,
  enqueueSettlement: nothing,
  enqueueWebhookEvent: nothing,
  config: { publicUrl: "http://localhost", demo: false },
};
const { db, now, log } = deps;
const auth = createAuth({ db, publicUrl: "http://localhost", secret: "s".repeat(32), now, log });

const staticRoot = projectRoot();
const app = createHttpApp(deps, { auth, presence, trustProxy: 0, staticRoot, pages: [createHealth(db)] });
const server = createServer(getRequestListener(app.fetch));
const limits = { connections: NO_LIMIT, events: NO_LIMIT, messages: NO_LIMIT };
attachRealtime(server, deps, { auth, presence, publisher, trustProxy: 0, limits });
await listenToRelays(opened.sql, publisher);
server.listen(0, "127.0.0.1");
await once(server, "listening");

const siteKey = await openSite();
const sessions: { token: string; conversationId: string }[] = [];
for (let i = 0; i < Number(visitors); i += 1) sessions.push(await enter(siteKey.key, siteKey.id));
const address = server.address();
process.send?.({ port: typeof address === "object" ? address?.port : 0, sessions, cookie: await signIn() });
tellMemory();
process.on("disconnect", () => process.exit(0));

async function openSite(): Promise<{ id: string; key: string }> {
  const id = newId();
  const ask = { firstName: "optional", lastName: "optional", email: "optional", phone: "optional" } as const;
  const row = { id, key: `site-${id}`, name: "Bench", accent: "#1d6b5f", greeting: "", origins: [] };
  await db.insert(site).values({ ...row, defaultCountry: "US", ask, idleMinutes: 30 });
  return { id, key: row.key };
}

async function enter(key: string, siteId: string) {
  const { token, visitorId } = await openVisitorSession(deps, { siteKey: key }, null);
  const first = { clientId: newId(), conversationId: null, text: "Hello" };
  const { conversation } = await receiveMessage(deps, { kind: "visitor", visitorId, siteId }, first);
  return { token, conversationId: conversation.id };
}

async function signIn(): Promise<string> {
  const password = randomBytes(12).toString("hex");
  const account = { id: newId(), name: "Bench", email: `bench-${newId()}@example.com`, role: "admin" };
  const hash = await hashPassword(password);
  await db.transaction((tx) => insertUser(tx, account, hash));
  const lines = await auth.signIn({ email: account.email, password }, new Headers());
  return lines.map((line) => line.split(";")[0]).join("; ");
}
