import { once } from "node:events";
import { createServer, type Socket } from "node:net";
import postgres from "postgres";
import { expect, inject, test } from "vitest";
import { watchedSocket } from "../../server/db/watched-socket.ts";

/** Passes bytes on to the database until told to swallow them all. */
async function openSwallowingProxy(target: URL) {
  const sockets = new Set<Socket>();
  let swallow = false;
  const server = createServer((client) => {
    const upstream = postgresSocket(target);
    for (const [from, to] of [
      [client, upstream],
      [upstream, client],
    ] as const) {
      sockets.add(from);
      from.on("data", (bytes) => swallow || to.write(bytes));
      from.on("error", () => to.destroy());
      from.on("close", () => to.destroy());
    }
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  const url = new URL(target);
  url.port = String(typeof address === "object" ? address?.port : "");
  return {
    url: url.href,
    setSwallow(on: boolean) {
      swallow = on;
    },
    async close() {
      for (const socket of sockets) socket.destroy();
      server.close();
      await once(server, "close");
    },
  };
}

function postgresSocket({ hostname, port }: URL): Socket {
  return watchedSocket(60_000)({ host: [hostname], port: [Number(port)] });
}

test("a statement whose answer is swallowed fails, and the next one works once the network is back", async () => {
  const proxy = await openSwallowingProxy(new URL(inject("postgres").url));
  const options = { max: 1, socket: watchedSocket(300), onnotice() {} };
  const sql = postgres(proxy.url, options);
  await sql`select 1`;
  proxy.setSwallow(true);
  await expect(sql`select 2`).rejects.toThrow(/CONNECTION_CLOSED/);
  proxy.setSwallow(false);
  expect(await sql`select 3 as three`).toEqual([{ three: 3 }]);
  await sql.end();
  await proxy.close();
});
