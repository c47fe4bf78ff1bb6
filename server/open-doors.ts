import { hkdfSync } from "node:crypto";
import type { Server } from "node:http";
import { getRequestListener } from "@hono/node-server";
import type { Hono } from "hono";
import { createAuth } from "./auth/auth.ts";
import { DEMO_ADMIN, DEMO_AGENT } from "./demo/demo-accounts.ts";
import { demoAccountsOf } from "./demo/demo-accounts-of.ts";
import type { RunningSimulator } from "./demo/start-simulators.ts";
import type { Deps } from "./deps.ts";
import { createHealth } from "./health.ts";
import { createHttpApp } from "./http/app.ts";
import type { AppEnv } from "./http/doors.ts";
import { closeServer } from "./listen.ts";
import { createPresence } from "./presence.ts";
import { projectRoot } from "./project-root.ts";
import { attachRealtime } from "./realtime/gateway.ts";
import type { BindablePublisher } from "./realtime/publisher.ts";

export interface DoorsOptions {
  readonly publisher: BindablePublisher;
  /** What the signing key of session cookies is derived from. */
  readonly key: Buffer;
  readonly trustProxy: number;
  /** The demo's pages; undefined outside the demo. */
  readonly shop: Hono<AppEnv> | undefined;
  /** The demo's CRMs; none outside it. */
  readonly simulators: readonly RunningSimulator[];
}

/** Opens HTTP and sockets on a server that listens already; until now it asked callers to wait. */
export function openDoors(server: Server, deps: Deps, { publisher, key, trustProxy, shop, simulators }: DoorsOptions) {
  const { db, now, log, config } = deps;
  const presence = createPresence();
  const auth = createAuth({ db, publicUrl: config.publicUrl, secret: cookieSecret(key), now, log });
  const app = createHttpApp(deps, {
    auth,
    presence,
    trustProxy,
    staticRoot: projectRoot(),
    pages: [createHealth(db), ...(shop ? [shop] : [])],
    ...(shop && { demoLogins: [DEMO_AGENT, DEMO_ADMIN] }),
    demoAccounts: demoAccountsOf(simulators),
  });
  server.removeAllListeners("request").on("request", getRequestListener(app.fetch));
  const realtime = attachRealtime(server, deps, { auth, presence, publisher, trustProxy });
  return {
    async close(): Promise<void> {
      await realtime.close();
      await closeServer(server);
    },
  };
}

function cookieSecret(key: Buffer): string {
  return Buffer.from(hkdfSync("sha256", key, "", "rolodesk session cookies", 32)).toString("base64url");
}
