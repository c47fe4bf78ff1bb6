import type { Logger } from "pino";
import { z } from "zod";
import type { Sql } from "./db/client.ts";
import type { Publisher } from "./deps.ts";

const CHANNEL = "rolodesk_news";
/** Postgres takes less than 8000 bytes in a notification. What a job tells is far shorter. */
const LONGEST = 7900;

const News = z.object({ call: z.enum(["toAgents", "toVisitor", "disconnect"]), with: z.array(z.unknown()) });

/** The publisher of a process without sockets: what it says is said by the processes that have them; what it says at once, in one statement. */
export function createRelay(sql: Sql, log: Logger): Publisher {
  let unsaid: string[] = [];

  function passOn(): void {
    const news = unsaid;
    unsaid = [];
    sql`select pg_notify(${CHANNEL}, one) from unnest(${news}::text[]) as one`.catch((err: unknown) =>
      log.warn({ err }, "News was not passed on; clients see it when they look again."),
    );
  }

  const tell =
    (call: keyof Publisher) =>
    (...args: unknown[]): void => {
      const news = JSON.stringify({ call, with: args });
      if (Buffer.byteLength(news) > LONGEST) {
        log.warn({ call }, "News was too long to pass on; clients see it when they look again.");
        return;
      }
      if (unsaid.push(news) === 1) queueMicrotask(passOn);
    };
  return { toAgents: tell("toAgents"), toVisitor: tell("toVisitor"), disconnect: tell("disconnect") };
}

/** Says what relays tell, through a publisher that has sockets. Connects anew by itself. Returns how to stop. */
export async function listenToRelays(sql: Sql, publisher: Publisher): Promise<() => Promise<void>> {
  const { unlisten } = await sql.listen(CHANNEL, (text) => {
    const { call, with: args } = News.parse(JSON.parse(text));
    Reflect.apply(publisher[call], publisher, args);
  });
  return unlisten;
}
