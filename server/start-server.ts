import { join } from "node:path";
import type { Logger } from "pino";
import { type Closing, createClosing } from "./closing.ts";
import { claimForDemo, makeDataFolder } from "./data-folder.ts";
import { openDb } from "./db/client.ts";
import { preparing } from "./db/preparing.ts";
import { provideDatabase } from "./db/provide-database.ts";
import { openRecordLocks } from "./db/record-locks.ts";
import { createShop } from "./demo/create-shop.ts";
import { seedDemo } from "./demo/seed-demo.ts";
import { type RunningSimulator, type RunningSimulators, startSimulators } from "./demo/start-simulators.ts";
import type { Deps } from "./deps.ts";
import type { Env } from "./env.ts";
import { createConnectorFactory } from "./integrations/create-connector-factory.ts";
import { createHandlers } from "./jobs/create-handlers.ts";
import { enqueue } from "./jobs/enqueue.ts";
import { enqueueRun, enqueueSettlement, enqueueTranscript, enqueueWebhookEvent } from "./jobs/enqueue-run.ts";
import { startRunner } from "./jobs/runner.ts";
import { createCallReader } from "./language-model/create-call-reader.ts";
import { closeServer, type Listening, listenFrom, listenOn } from "./listen.ts";
import { createOutside, WITH_LOOPBACK } from "./net/outside.ts";
import { newId } from "./new-id.ts";
import { createRelay, listenToRelays } from "./news-relay.ts";
import { openDoors } from "./open-doors.ts";
import { createPublisher } from "./realtime/publisher.ts";
import { createSecretBox, type SecretKeys } from "./secret-box.ts";
import { readOrCreateSecretKey } from "./secret-key-file.ts";
import { createCallGates } from "./usecases/calls/create-call-gates.ts";

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
  makeDataFolder(env.dataDir);
  const database = await provideDatabase(env.databaseUrl, env.dataDir);
  closing.add(database.stop);
  const keys = env.secretKeys ?? ([readOrCreateSecretKey(env.dataDir)] as const);
  const opened = openDb(database.url);
  const locks = openRecordLocks(database.url);
  closing.add(() => Promise.all([opened.close(), locks.close()]));
  const publisher = createPublisher();
  const publish = web ? publisher : createRelay(opened.sql, log);
  const config = { publicUrl: env.publicUrl ?? url ?? "", demo: env.demo };
  const deps = createDeps({ db: opened.db, locks, log, keys, publish, config, readCall: callReaderOf(env) });
  const simulated = env.demo && web ? await simulate(env, closing, web.port) : undefined;
  const simulators = simulated?.all ?? [];
  const shop = simulated && createShop(deps, await seedDemo(deps, simulators), simulated);
  const doors =
    web && openDoors(web.server, deps, { publisher, key: keys[0], trustProxy: env.trustProxy, shop, simulators });
  if (web) closing.add(await listenToRelays(opened.sql, publisher));
  const handlers = createHandlers(deps, { ...deps, db: preparing(opened.db) });
  const jobs = env.role === "web" ? undefined : await startRunner({ url: database.url, handlers, log });
  closing.add(() => Promise.all([doors?.close(), jobs?.stop()]));
  return { url, database: database.description, simulators, stop: closing.run };
}

/** Binds the port first: a taken one is known at once, and early callers are told to come back instead of being refused. */
async function listen(env: Env, closing: Closing): Promise<Listening> {
  const web = env.port === undefined ? await listenFrom(env.host, FIRST_PORT) : await listenOn(env.host, env.port);
  web.server.on("request", (_request, response) => response.writeHead(503, { "retry-after": "1" }).end());
  closing.add(() => closeServer(web.server));
  return web;
}

interface DepsOptions extends Pick<Deps, "db" | "locks" | "log" | "publish" | "config" | "readCall"> {
  readonly keys: SecretKeys;
}

function createDeps({ keys, ...given }: DepsOptions): Deps {
  const { demo } = given.config;
  const outside = createOutside(demo ? WITH_LOOPBACK : {});
  const connectors = createConnectorFactory({ demo, now: Date.now, http: demo ? {} : { fetch: outside.fetch } });
  return {
    ...given,
    connectors,
    callGate: createCallGates({ ...given, connectors, newId }),
    newId,
    enqueue,
    enqueueRun,
    enqueueTranscript,
    enqueueSettlement,
    enqueueWebhookEvent,
    outside,
    now: () => new Date(),
    random: Math.random,
    secrets: createSecretBox(keys),
  };
}

function callReaderOf({ languageModel }: Env): Deps["readCall"] {
  return languageModel && createCallReader(languageModel);
}

async function simulate(env: Env, closing: Closing, port: number): Promise<RunningSimulators> {
  claimForDemo(env.dataDir);
  const simulators = await startSimulators({
    folder: join(env.dataDir, "simulators"),
    host: env.host,
    port: env.simulatorPort ?? port + 1,
    exact: env.simulatorPort !== undefined,
  });
  closing.add(simulators.close);
  return simulators;
}
