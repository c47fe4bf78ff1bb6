import { join } from "node:path";
import { getRequestListener } from "@hono/node-server";
import { Hono } from "hono";
import type { Logger } from "pino";
import { type Closing, createClosing } from "./closing.ts";
import { openDb } from "./db/client.ts";
import { provideDatabase } from "./db/provide-database.ts";
import { openRecordLocks } from "./db/record-locks.ts";
import { createShop } from "./demo/create-shop.ts";
import { seedDemo } from "./demo/seed-demo.ts";
import { type RunningSimulator, startSimulators } from "./demo/start-simulators.ts";
import type { Deps } from "./deps.ts";
import type { Env } from "./env.ts";
import { createConnectorFactory } from "./integrations/create-connector-factory.ts";
import { createHandlers } from "./jobs/create-handlers.ts";
import { enqueueRun } from "./jobs/enqueue-run.ts";
import { startRunner } from "./jobs/runner.ts";
import { closeServer, type Listening, listenFrom, listenOn } from "./listen.ts";
import { newId } from "./new-id.ts";
import { createSecretBox } from "./secret-box.ts";
import { readOrCreateSecretKey } from "./secret-key-file.ts";
import { silentPublisher } from "./silent-publisher.ts";

export interface RunningServer {
  /** Origin without a trailing slash; undefined for a process that only runs jobs. */
  readonly url: string | undefined;
  readonly database: string;
  readonly simulators: readonly RunningSimulator[];
  /** Answers and jobs under way may finish for a few seconds; then everything is closed, last started first. */
  stop(): Promise<void>;
}

const FIRST_PORT = 3000;

/** Starts what the role asks for. When a step fails, what had been started is closed again and the error goes up. */
export async function startServer(env: Env, log: Logger): Promise<RunningServer> {
  const closing = createClosing((err) => log.error({ err }, "Something did not close cleanly."));
  try {
    return await start(env, log, closing);
  } catch (error) {
    await closing.run();
    throw error;
  }
}

async function start(env: Env, log: Logger, closing: Closing): Promise<RunningServer> {
  const web = env.role === "worker" ? undefined : await listen(env, closing);
  const url = web && `http://localhost:${web.port}`;
  const database = await provideDatabase(env.databaseUrl, env.dataDir);
  closing.add(database.stop);
  const deps = openDeps(env, log, closing, { databaseUrl: database.url, url });
  const simulators = env.demo && web ? await simulate(env, closing, web.port) : [];
  const siteId = simulators.length > 0 ? await seedDemo(deps, simulators) : undefined;

  if (web) {
    const shop = siteId === undefined ? new Hono() : createShop(deps, siteId, simulators);
    web.server.removeAllListeners("request").on("request", getRequestListener(shop.fetch));
  }
  const jobs =
    env.role === "web" ? undefined : await startRunner({ url: database.url, handlers: createHandlers(deps), log });
  closing.add(() => Promise.all([web && closeServer(web.server), jobs?.stop()]));
  return { url, database: database.description, simulators, stop: closing.run };
}

/** Binds the port first: a taken one is known at once, and early callers are told to come back instead of being refused. */
async function listen(env: Env, closing: Closing): Promise<Listening> {
  const web = env.port === undefined ? await listenFrom(env.host, FIRST_PORT) : await listenOn(env.host, env.port);
  web.server.on("request", (_request, response) => response.writeHead(503, { "retry-after": "1" }).end());
  closing.add(() => closeServer(web.server));
  return web;
}

function openDeps(
  env: Env,
  log: Logger,
  closing: Closing,
  at: { readonly databaseUrl: string; readonly url: string | undefined },
): Deps {
  const { db, close } = openDb(at.databaseUrl);
  const locks = openRecordLocks(at.databaseUrl);
  closing.add(() => Promise.all([close(), locks.close()]));
  const [key, ...olderKeys] = env.secretKeys ?? [readOrCreateSecretKey(env.dataDir)];
  return {
    db,
    locks,
    log,
    newId,
    enqueueRun,
    now: () => new Date(),
    random: Math.random,
    publish: silentPublisher,
    secrets: createSecretBox([key, ...olderKeys]),
    connectors: createConnectorFactory({ demo: env.demo, now: Date.now }),
    config: { publicUrl: env.publicUrl ?? at.url ?? "", demo: env.demo },
  };
}

async function simulate(env: Env, closing: Closing, port: number): Promise<readonly RunningSimulator[]> {
  const simulators = await startSimulators({
    folder: join(env.dataDir, "simulators"),
    host: env.host,
    port: env.simulatorPort ?? port + 1,
    exact: env.simulatorPort !== undefined,
  });
  closing.add(simulators.close);
  return simulators.all;
}
