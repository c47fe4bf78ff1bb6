import { randomUUID } from "node:crypto";
import { setTimeout as delay } from "node:timers/promises";
import { AGENT_SOCKET_PATH, VISITOR_SOCKET_PATH } from "@rolodesk/shared/vocabulary";
import { pino } from "pino";
import { openDb } from "../../server/db/client.ts";
import { createRelay } from "../../server/news-relay.ts";
import { openLine } from "../chat-path/frame-line.ts";
import type { Served } from "../serve.ts";

const TIMES = 400;
const PAUSE_MS = 3;

export interface Deliveries {
  /** Milliseconds from a visitor's message to the agent's news of it, stored in between. */
  readonly ofMessages: number[];
  /** Milliseconds from another process's news to the agent who is told of it. */
  readonly ofAnotherProcess: number[];
}

export async function timeDeliveries(ours: Served, databaseUrl: string): Promise<Deliveries> {
  let heard = () => {};
  const onTold = () => heard();
  const agent = await openLine({ port: ours.port, path: AGENT_SOCKET_PATH, cookie: ours.cookie, onTold });
  const [session] = ours.sessions;
  if (!session) throw new Error("A visitor is needed.");
  const { token, conversationId } = session;
  const visitor = await openLine({ port: ours.port, path: VISITOR_SOCKET_PATH, auth: { token } });
  const { sql, close } = openDb(databaseUrl);
  const relay = createRelay(sql, pino({ level: "warn" }));
  await delay(500);

  async function time(tell: () => unknown): Promise<number> {
    const news = new Promise<void>((resolve) => {
      heard = resolve;
    });
    const started = performance.now();
    const told = tell();
    await news;
    const took = performance.now() - started;
    await told;
    await delay(PAUSE_MS);
    return took;
  }

  const deliveries: Deliveries = { ofMessages: [], ofAnotherProcess: [] };
  const change = { kind: "connection", id: randomUUID(), conversationId: null, contactId: null } as const;
  for (let i = 0; i < TIMES; i += 1) {
    const message = { clientId: randomUUID(), conversationId, text: "How much is it?" };
    deliveries.ofMessages.push(await time(() => visitor.ask("message.send", message)));
    deliveries.ofAnotherProcess.push(
      await time(() => relay.toAgents("everyone", "changed", { ...change, version: i })),
    );
  }
  for (const line of [agent, visitor]) line.close();
  await close();
  return deliveries;
}
