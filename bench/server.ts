import { cpus } from "node:os";
import { median, quantile } from "./figures.ts";
import { runBench } from "./run-bench.ts";
import { type Served, serve } from "./serve.ts";
import { timeDeliveries } from "./server/delivery.ts";
import { answersPerSecond } from "./server/http-load.ts";
import { memoryPerSocket } from "./server/idle-sockets.ts";
import { timePickups } from "./server/queue-pickup.ts";
import { timeStartUps } from "./server/start-up.ts";

/** The server beside its limits: routes, idle sockets, news, the queue, the start. Loopback only, ends by itself. */
const ROUNDS = 5;
const SOCKETS_A_ROUND = 400;
const [WARM_UP_MS, MEASURE_MS] = [500, 1500];
const ENDS_AFTER_MS = 290_000;

await runBench(ENDS_AFTER_MS, async (bench) => {
  const { databaseUrl } = bench;
  const started = (entry: string, args: readonly string[]) => serve(bench, entry, args, ["--expose-gc"]);
  console.log(`${cpus().length} cores, Node ${process.version}`);
  const start = await timeStartUps(bench);
  say("first page, first start", `${start.first.toFixed(1)} s`, "at most 30");
  say("first page, warm start", `${median(start.warm).toFixed(1)} s`, "at most 3");

  const visitors = String(ROUNDS * SOCKETS_A_ROUND);
  const ours = await started("chat-path/rolodesk-server.ts", [databaseUrl, visitors]);
  await compareRoutes(ours, await started("server/plain-server.ts", [databaseUrl]));
  const { ofMessages, ofAnotherProcess } = await timeDeliveries(ours, databaseUrl);
  say("visitor's message to agent", times(ofMessages), "");
  say("another process's news to agent", times(ofAnotherProcess), "p99 at most 2 × a message's");
  say("job picked up", times(await timePickups(bench)), "p95 at most 50 ms");
  const { sessions } = ours;
  const fresh = await started("chat-path/rolodesk-server.ts", [databaseUrl, "0"]);
  await compareMemory({ ...fresh, sessions }, await started("chat-path/echo-server.ts", []));
});

async function compareRoutes(ours: Served, plain: Served): Promise<void> {
  const conversationId = ours.sessions[0]?.conversationId ?? "";
  for (const path of ["/widget/loader.js", "/healthz", `/api/conversations/${conversationId}/messages`]) {
    const rounds: { ours: number; plain: number }[] = [];
    for (let round = 0; round < ROUNDS; round += 1) {
      const ask = ({ port }: Served) => answersPerSecond({ port, path, cookie: ours.cookie }, WARM_UP_MS, MEASURE_MS);
      rounds.push({ plain: await ask(plain), ours: await ask(ours) });
    }
    const [limit, reached] = [median(rounds.map((round) => round.plain)), median(rounds.map((round) => round.ours))];
    const share = (reached / limit).toFixed(2);
    say(path.replace(conversationId, ":id"), `${reached.toFixed(0)} of ${limit.toFixed(0)} a second: ${share}`, "0.4");
  }
}

async function compareMemory(ours: Served, echo: Served): Promise<void> {
  const rounds: { ours: number; echo: number }[] = [];
  for (let round = 0; round < ROUNDS; round += 1) {
    const sessions = ours.sessions.slice(round * SOCKETS_A_ROUND, (round + 1) * SOCKETS_A_ROUND);
    const tokens = sessions.map(({ token }) => token);
    rounds.push({ echo: await memoryPerSocket(echo, tokens), ours: await memoryPerSocket(ours, tokens) });
  }
  const [limit, taken] = [median(rounds.map((round) => round.echo)), median(rounds.map((round) => round.ours))];
  const kilobytes = [taken, limit].map((bytes) => `${(bytes / 1024).toFixed(1)} KB`);
  say("idle visitor's socket", `${kilobytes.join(" beside ")}: × ${(taken / limit).toFixed(1)}`, "at most × 2");
}

function times(took: readonly number[]): string {
  const [p50, p95, p99] = [0.5, 0.95, 0.99].map((share) => quantile(took, share).toFixed(1));
  return `p50 ${p50} ms, p95 ${p95} ms, p99 ${p99} ms`;
}

function say(what: string, figure: string, aim: string): void {
  console.log(`${what.padEnd(34)} ${figure}${aim && ` (aim: ${aim})`}`);
}
