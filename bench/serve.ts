import { type ChildProcess, fork } from "node:child_process";
import { once } from "node:events";
import { basename, join, resolve } from "node:path";
import { z } from "zod";
import { bundleServer } from "../scripts/bundle-server.mjs";
import type { Bench } from "./run-bench.ts";
import { endChild } from "./worker.ts";

const Told = z.object({
  port: z.number(),
  /** Visitors in conversations. */
  sessions: z.array(z.object({ token: z.string(), conversationId: z.string() })).default([]),
  /** Of an agent who is signed in. */
  cookie: z.string().default(""),
});

export interface Served extends z.infer<typeof Told> {
  readonly child: ChildProcess;
}

const ROOT = resolve(import.meta.dirname, "..");

/** Runs a server of a bench as a release does, bundled. `entry` is its path here; it sends where it listens. It ends with the bench. */
export async function serve(
  { atEnd }: Bench,
  entry: string,
  args: readonly string[] = [],
  execArgv: string[] = [],
): Promise<Served> {
  const outfile = `server/dist/bench/${basename(entry, ".ts")}.js`;
  await bundleServer(ROOT, { entry: join("bench", entry), outfile });
  const child = fork(join(ROOT, outfile), [...args], { execArgv });
  atEnd(() => endChild(child, "SIGTERM"));
  const ended = new Promise<never>((_, reject) => {
    child.once("exit", (code) => reject(new Error(`${entry} ended with ${code}.`)));
  });
  ended.catch(() => {});
  const [told] = await Promise.race([once(child, "message"), ended]);
  return { ...Told.parse(told), child };
}
