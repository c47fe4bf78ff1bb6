import type { Reply } from "@rolodesk/shared/realtime";
import postgres from "postgres";
import { expect, test } from "vitest";
import { arrive, ask, type Sent } from "../../support/chat-client.ts";
import { createChatRig } from "../../support/chat-rig.ts";
import { endConnections } from "../../support/end-connections.ts";
import { newId } from "../../support/ids.ts";
import { figuresOf } from "./figures.ts";

const VISITORS = 10;
const MESSAGES = 40;
const TRIES = 20;
/** The database ends every connection each time so many messages are acknowledged. */
const ENDS_EVERY = 80;

const UNBOUND = { burst: 10_000, refillMs: 1 };

const figure = figuresOf("F4");

test("while Postgres ends every connection again and again, no acknowledged message is lost or doubled, and the server goes on", async () => {
  const rig = await createChatRig({ limits: { messages: UNBOUND, events: UNBOUND } });
  const site = await rig.makeSite();
  const acknowledged: string[] = [];
  const endings: Promise<void>[] = [];

  async function chat(): Promise<void> {
    const { socket } = await arrive(rig, site.key);
    let conversationId: string | null = null;
    for (let n = 0; n < MESSAGES; n += 1) {
      const clientId = newId();
      for (let tries = 1; ; tries += 1) {
        const reply: Reply<Sent> = await ask<Sent>(socket, "message.send", {
          clientId,
          conversationId,
          text: `Message ${n}`,
        });
        if (reply.ok) {
          conversationId = reply.data.conversation.id;
          break;
        }
        expect(tries, reply.error.message).toBeLessThan(TRIES);
      }
      acknowledged.push(clientId);
      if (acknowledged.length % ENDS_EVERY === 0) endings.push(endConnections(rig.databaseUrl));
    }
  }

  await Promise.all(Array.from({ length: VISITORS }, chat));
  await Promise.all(endings);
  const stored = await storedMessages(rig.databaseUrl);
  const lost = acknowledged.filter((id) => !stored.includes(id)).length;
  const doubled = stored.length - new Set(stored).size;
  figure(`${endings.length} endings under ${acknowledged.length} messages`, { lost, doubled });
  expect({ lost, doubled, acknowledged: acknowledged.length }).toEqual({
    lost: 0,
    doubled: 0,
    acknowledged: VISITORS * MESSAGES,
  });
  await rig.close();
});

/** Read over a connection of its own: the server's pool may hold one that was ended and does not know yet. */
async function storedMessages(url: string): Promise<string[]> {
  const sql = postgres(url, { max: 1 });
  const rows = await sql<{ client_id: string }[]>`select client_id from message`;
  await sql.end();
  return rows.map((row) => row.client_id);
}
