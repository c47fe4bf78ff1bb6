import { randomUUID } from "node:crypto";
import { cpus } from "node:os";
import { setTimeout as delay } from "node:timers/promises";
import { AGENT_SOCKET_PATH, VISITOR_SOCKET_PATH } from "@rolodesk/shared/vocabulary";
import { type FrameLine, openLine } from "./chat-path/frame-line.ts";
import { median, quantile } from "./figures.ts";
import { runBench } from "./run-bench.ts";
import { type Served, serve } from "./serve.ts";

/**
 * The chat path beside its limit: visitors who write as fast as they are acknowledged, to Rolodesk (authorised, numbered,
 * durable, told to an agent) and to a bare Socket.IO echo. Interleaved, medians, loopback only, ends by itself.
 */
const VISITORS = 1000;
const ROUNDS = 5;
const WARM_UP_MS = 1500;
const MEASURE_MS = 3000;
const ENDS_AFTER_MS = 180_000;

interface Figures {
  readonly perSecond: number;
  readonly p50: number;
  readonly p99: number;
}

await runBench(ENDS_AFTER_MS, async (bench) => {
  const echo = await serve(bench, "chat-path/echo-server.ts");
  const ours = await serve(bench, "chat-path/rolodesk-server.ts", [bench.databaseUrl, String(VISITORS)]);
  const agent = await openLine({ port: ours.port, path: AGENT_SOCKET_PATH, cookie: ours.cookie });
  const toEcho = await Promise.all(ours.sessions.map(() => openLine({ port: echo.port, path: VISITOR_SOCKET_PATH })));
  const toOurs = await Promise.all(
    ours.sessions.map(({ token }) => openLine({ port: ours.port, path: VISITOR_SOCKET_PATH, auth: { token } })),
  );

  const rounds: { echo: Figures; ours: Figures; told: number }[] = [];
  for (let round = 0; round < ROUNDS; round += 1) {
    const before = agent.told.count;
    rounds.push({ echo: await run(toEcho, ours), ours: await run(toOurs, ours), told: agent.told.count - before });
  }
  report(rounds);
});

async function run(lines: readonly FrameLine[], { sessions }: Served): Promise<Figures> {
  const phase = { measured: false, over: false };
  const took: number[] = [];
  const writers = lines.map(async (line, at) => {
    const conversationId = sessions[at]?.conversationId;
    while (!phase.over) {
      const started = performance.now();
      const answer = await line.ask("message.send", {
        clientId: randomUUID(),
        conversationId,
        text: "How much is it?",
      });
      if (typeof answer === "object" && answer && "ok" in answer && !answer.ok) throw new Error(JSON.stringify(answer));
      if (phase.measured && !phase.over) took.push(performance.now() - started);
    }
  });
  await delay(WARM_UP_MS);
  phase.measured = true;
  await delay(MEASURE_MS);
  phase.over = true;
  await Promise.all(writers);
  return { perSecond: took.length / (MEASURE_MS / 1000), p50: quantile(took, 0.5), p99: quantile(took, 0.99) };
}

function report(rounds: readonly { echo: Figures; ours: Figures; told: number }[]): void {
  const of = (side: "echo" | "ours"): Figures => ({
    perSecond: median(rounds.map((round) => round[side].perSecond)),
    p50: median(rounds.map((round) => round[side].p50)),
    p99: median(rounds.map((round) => round[side].p99)),
  });
  const [echo, ours] = [of("echo"), of("ours")];
  console.log(
    `${VISITORS} visitors, ${ROUNDS} rounds of ${MEASURE_MS / 1000} s each, ${cpus().length} cores, Node ${process.version}`,
  );
  for (const [name, { perSecond, p50, p99 }] of Object.entries({ echo, ours })) {
    console.log(
      `${name.padEnd(5)} ${perSecond.toFixed(0).padStart(7)} msg/s   p50 ${p50.toFixed(1)} ms   p99 ${p99.toFixed(1)} ms`,
    );
  }
  const share = (100 * ours.perSecond) / echo.perSecond;
  console.log(
    `ours / echo: ${share.toFixed(0)} % (figure: at least 50 %), p99 × ${(ours.p99 / echo.p99).toFixed(1)} (at most 3)`,
  );
  console.log(`the agent was told ${rounds.reduce((sum, { told }) => sum + told, 0)} times`);
}
