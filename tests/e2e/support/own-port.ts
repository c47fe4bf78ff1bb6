import { once } from "node:events";
import { createServer } from "node:net";

/** Below those the system gives away by itself: nobody is given one of these while its server is down or not up yet. */
const FIRST = 20_000;
const EACH_WORKER = 1_000;

/** Two runs on one machine do not begin at the same one. */
let next = FIRST + EACH_WORKER * Number(process.env.TEST_PARALLEL_INDEX ?? 0) + (process.pid % (EACH_WORKER / 2));
const last = next + EACH_WORKER / 2;

/** A port that stays with this worker of the test runner, also while nobody listens on it. */
export async function ownPort(): Promise<number> {
  while (next < last) {
    const port = next;
    next += 1;
    if (await isFree(port)) return port;
  }
  throw new Error("This worker has used all of its ports.");
}

async function isFree(port: number): Promise<boolean> {
  const server = createServer().listen(port, "127.0.0.1");
  try {
    await once(server, "listening");
  } catch {
    return false;
  }
  server.close();
  await once(server, "close");
  return true;
}
