import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { findPostmaster } from "../../../server/db/embedded/postmaster.ts";
import { isAlive } from "../../../server/db/embedded/process-identity.ts";
import { ownPort } from "./own-port.ts";

/** The built server as its users run it: a process of its own with its own database, simulators and ports. */
export interface RolodeskProcess {
  /** The same after a restart; no trailing slash. */
  readonly url: string;
  /** By name, e.g. "HubSpot": the address of its records page. */
  readonly simulators: ReadonlyMap<string, string>;
  /** What it wrote since it was started last. */
  output(): string;
  /** Ends it without a chance to tidy up. */
  kill(): Promise<void>;
  /** Starts it again on the same data and port. */
  start(): Promise<void>;
  /** Asks it to end; answers its exit code. */
  stop(): Promise<number | null>;
  /** Ends it and whatever it left running, and removes its data. */
  destroy(): Promise<void>;
}

const ROOT = resolve(import.meta.dirname, "../../..");
const START_TIMEOUT_MS = 90_000;

export async function startRolodesk(env: Record<string, string> = {}): Promise<RolodeskProcess> {
  const folder = mkdtempSync(join(tmpdir(), "rolodesk-e2e-"));
  const port = await ownPort();
  const variables = { PORT: String(port), DATA_DIR: folder, DEMO: "on", LOG_LEVEL: "warn", ...env };
  const simulators = new Map<string, string>();
  let child: ChildProcess | undefined;
  let output = "";

  async function start(): Promise<void> {
    output = "";
    const started = spawn(...command(), {
      cwd: ROOT,
      env: { ...inherited(), ...variables },
      stdio: ["ignore", "pipe", "pipe"],
    });
    child = started;
    for (const stream of [started.stdout, started.stderr]) {
      stream.on("data", (chunk) => {
        output += chunk;
      });
    }
    const deadline = Date.now() + START_TIMEOUT_MS;
    const readyWords = variables.DEMO === "on" ? "Ctrl-C ends it" : "Rolodesk is ready";
    while (!output.includes(readyWords)) {
      if (started.exitCode !== null || Date.now() > deadline) throw new Error(`The server did not start:\n${output}`);
      await delay(20);
    }
    for (const [, name, address] of output.matchAll(/^ {2}(\S.*?) +(http\S+\/_records)$/gm)) {
      if (name && address) simulators.set(name, address);
    }
  }

  async function end(signal: NodeJS.Signals): Promise<number | null> {
    if (!child || child.exitCode !== null || child.signalCode !== null) return child?.exitCode ?? null;
    const exit = once(child, "exit");
    child.kill(signal);
    await exit;
    return child.exitCode;
  }

  async function destroy(): Promise<void> {
    await end("SIGTERM");
    await endPostgres(join(folder, "postgres"));
    rmSync(folder, { recursive: true, force: true });
  }

  try {
    await start();
  } catch (error) {
    await destroy();
    throw error;
  }
  return {
    url: `http://localhost:${port}`,
    simulators,
    output: () => output,
    start,
    stop: () => end("SIGTERM"),
    kill: async () => void (await end("SIGKILL")),
    destroy,
  };
}

/** On Linux the server ends with the test runner, however that ends. */
function command(): [string, string[]] {
  const node = [process.execPath, "--enable-source-maps", join(ROOT, "server/dist/main.js")] as const;
  if (process.platform !== "linux") return [node[0], node.slice(1)];
  return ["setpriv", ["--pdeathsig=TERM", "--", ...node]];
}

/** Nothing of the surrounding shell decides what the server does. */
function inherited(): Record<string, string> {
  const names = ["PATH", "HOME", "LANG", "TMPDIR", "SystemRoot"];
  return Object.fromEntries(names.flatMap((name) => (process.env[name] ? [[name, process.env[name]]] : [])));
}

/** What a killed server leaves running. */
async function endPostgres(folder: string): Promise<void> {
  const postmaster = findPostmaster(folder);
  if (!postmaster) return;
  process.kill(postmaster.pid, "SIGINT");
  while (isAlive(postmaster.pid)) await delay(20);
}
