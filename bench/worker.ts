import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import type { Bench } from "./run-bench.ts";

const END_TIMEOUT_MS = 10_000;

/** A process of the server that takes jobs and nothing else; it ends with the bench at the latest. */
export function startWorker({ databaseUrl, folder, secretKey, atEnd }: Bench): ChildProcess {
  const main = join(import.meta.dirname, "..", "server", "main.ts");
  const own = { ROLE: "worker", DEMO: "1", LOG_LEVEL: "error", DATABASE_URL: databaseUrl, DATA_DIR: folder };
  const worker = spawn(process.execPath, ["--import", "tsx", main], {
    env: { ...process.env, ...own, SECRET_KEY: secretKey.toString("base64") },
    stdio: ["ignore", "inherit", "inherit"],
  });
  atEnd(() => endChild(worker, "SIGTERM"));
  return worker;
}

/** Waits until it is gone. One that does not follow is killed. */
export async function endChild(child: ChildProcess, signal: "SIGTERM" | "SIGKILL"): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const exit = once(child, "exit");
  child.kill(signal);
  const kill = setTimeout(() => child.kill("SIGKILL"), END_TIMEOUT_MS);
  await exit;
  clearTimeout(kill);
}
