import { DEMO_ADMIN, DEMO_AGENT } from "./demo/demo-accounts.ts";
import { type Env, EnvError, readEnv } from "./env.ts";
import { createLog } from "./log.ts";
import { type RunningServer, startServer } from "./start-server.ts";

const env = readEnvOrExit();
const log = createLog({ level: env.logLevel, short: env.demo });

// neither a forgotten promise nor a library's may take the chats of everybody else down
process.on("unhandledRejection", (err) => log.error({ err }, "A rejection was not handled."));

const starting = startServer(env, log);
let stopping = false;
for (const signal of ["SIGINT", "SIGTERM"] as const) process.on(signal, () => void stop());

try {
  announce(await starting, env);
} catch (error) {
  console.error(`Rolodesk could not start. ${reasonOf(error)}`);
  log.debug({ err: error }, "The start failed.");
  process.exit(1);
}

async function stop(): Promise<void> {
  if (stopping) return;
  stopping = true;
  const server = await starting;
  await server.stop();
  process.exit(0);
}

function readEnvOrExit(): Env {
  try {
    return readEnv(process.env);
  } catch (error) {
    if (!(error instanceof EnvError)) throw error;
    console.error(error.message);
    process.exit(1);
  }
}

/** The innermost cause says what happened; what is around it says in which statement. */
function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  return error.cause === undefined ? error.message : reasonOf(error.cause);
}

function announce({ url, database, simulators }: RunningServer, { port, demo, role }: Env): void {
  if (!url) {
    log.info({ role, database }, "Rolodesk takes jobs.");
    return;
  }
  if (!demo) {
    log.info({ role, url, database }, "Rolodesk is ready.");
    return;
  }
  if (port === undefined && new URL(url).port !== "3000")
    console.log("Port 3000 is taken, so this is on the next free one.");
  console.log(`
Rolodesk is ready.

  Demo shop    ${url}/demo
  Console      ${url}/app/
               ${DEMO_AGENT.email} / ${DEMO_AGENT.password}
               ${DEMO_ADMIN.email} / ${DEMO_ADMIN.password}
${simulators.map(({ name, recordsUrl }) => `  ${name.padEnd(13)}${recordsUrl}`).join("\n")}
  Data         ${database}

Ctrl-C ends it; the data stays.
`);
}
