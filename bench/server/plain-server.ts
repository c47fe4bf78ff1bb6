import { once } from "node:events";
import { readFileSync } from "node:fs";
import { createServer } from "node:http";
import { resolve } from "node:path";
import { getRequestListener } from "@hono/node-server";
import { sql } from "drizzle-orm";
import { Hono } from "hono";
import { openDb } from "../../server/db/client.ts";
import { listMessages } from "../../server/db/queries/message.ts";
import { toMessage } from "../../server/views/message.ts";

/** The limit: the same queries and the same bytes by Hono alone, for everybody. */
const [databaseUrl = ""] = process.argv.slice(2);
const { db } = openDb(databaseUrl);
const loader = readFileSync(resolve(import.meta.dirname, "../../../widget/dist/loader.js"), "utf8");

const app = new Hono()
  .get("/widget/loader.js", (c) => c.body(loader, 200, { "content-type": "text/javascript" }))
  .get("/healthz", async (c) => {
    await db.execute(sql`select 1`);
    return c.json({ status: "ok" });
  })
  .get("/api/conversations/:id/messages", async (c) => {
    const { messages, hasMore } = await listMessages(db, c.req.param("id"), { limit: 50, notes: true });
    return c.json({ messages: messages.map(toMessage), hasMore });
  });

const server = createServer(getRequestListener(app.fetch));
server.listen(0, "127.0.0.1");
await once(server, "listening");
const address = server.address();
process.send?.({ port: typeof address === "object" ? address?.port : 0 });
process.on("disconnect", () => process.exit(0));
