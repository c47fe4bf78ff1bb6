import { spawn } from "node:child_process";
import { once } from "node:events";
import { join, resolve } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { freePort } from "../../server/free-port.ts";
import type { Bench } from "../run-bench.ts";
import { endChild } from "../worker.ts";

const ROOT = resolve(import.meta.dirname, "../..");
const ROUNDS = 5;
const GIVE_UP_MS = 40_000;

export interface StartUps {
  /** Seconds to the console's first page with nothing there but what was installed and built: database and demo are made. */
  readonly first: number;
  /** Seconds of the starts after that. */
  readonly warm: number[];
}

/** Starts what `npm start` starts, demo included, and waits for the console's page. */
export async function timeStartUps(bench: Bench): Promise<StartUps> {
  await build();
  const first = await startOnce(bench);
  const warm: number[] = [];
  for (let round = 0; round < ROUNDS; round += 1) warm.push(await startOnce(bench));
  return { first, warm };
}

async function build(): Promise<void> {
  const [code] = await once(spawn(process.execPath, ["scripts/build.mjs"], { cwd: ROOT }), "exit");
  if (code !== 0) throw new Error(`The build ended with ${code}.`);
}

async function startOnce({ folder, atEnd }: Bench): Promise<number> {
  const port = await freePort();
  const env = {
    ...process.env,
    PORT: String(port),
    SIMULATOR_PORT: String(await freePort()),
    DATA_DIR: join(folder, "start-up"),
  };
  const started = performance.now();
  await build();
  const server = spawn(process.execPath, ["--enable-source-maps", "server/dist/main.js"], { cwd: ROOT, env });
  atEnd(() => endChild(server, "SIGTERM"));
  while (!(await answers(`http://127.0.0.1:${port}/app/inbox`))) {
    if (performance.now() - started > GIVE_UP_MS) throw new Error("The server does not start.");
    await delay(10);
  }
  const seconds = (performance.now() - started) / 1000;
  await endChild(server, "SIGTERM");
  return seconds;
}

async function answers(url: string): Promise<boolean> {
  const response = await fetch(url).catch(() => undefined);
  await response?.text();
  return response?.ok ?? false;
}
