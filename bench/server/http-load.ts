import { once } from "node:events";
import { connect, type Socket } from "node:net";
import { setTimeout as delay } from "node:timers/promises";

export interface Asked {
  readonly port: number;
  readonly path: string;
  readonly cookie: string;
}

const CONNECTIONS = 32;

/**
 * GETs answered in a second, over connections that each ask again as soon as they are answered. As light as can be: what the
 * client costs is taken from the server. Throws at the first answer that is not 200.
 */
export async function answersPerSecond(asked: Asked, warmUpMs: number, measureMs: number): Promise<number> {
  const tally = { answers: 0, refused: "" };
  const sockets = await Promise.all(Array.from({ length: CONNECTIONS }, () => askForever(asked, tally)));
  await delay(warmUpMs);
  tally.answers = 0;
  await delay(measureMs);
  const { answers, refused } = tally;
  for (const socket of sockets) socket.destroy();
  if (refused) throw new Error(`${asked.path}: ${refused}`);
  return answers / (measureMs / 1000);
}

async function askForever({ port, path, cookie }: Asked, tally: { answers: number; refused: string }): Promise<Socket> {
  const socket = connect(port, "127.0.0.1");
  await once(socket, "connect");
  const request = `GET ${path} HTTP/1.1\r\nHost: localhost:${port}\r\nCookie: ${cookie}\r\n\r\n`;
  let held: Buffer = Buffer.alloc(0);
  socket.on("data", (chunk) => {
    held = held.length === 0 ? chunk : Buffer.concat([held, chunk]);
    const bytes = answerBytes(held);
    if (bytes === undefined) return;
    const status = held.toString("latin1", 9, 12);
    if (status !== "200") tally.refused = held.toString("utf8", 0, bytes);
    held = held.subarray(bytes);
    tally.answers += 1;
    socket.write(request);
  });
  socket.write(request);
  return socket;
}

const LAST_CHUNK = "\r\n0\r\n\r\n";

/** How long the first answer is; undefined while it has not come whole. */
function answerBytes(held: Buffer): number | undefined {
  const head = held.indexOf("\r\n\r\n");
  if (head < 0) return undefined;
  const length = /^content-length: (\d+)/im.exec(held.toString("latin1", 0, head));
  if (length) {
    const whole = head + 4 + Number(length[1]);
    return held.length < whole ? undefined : whole;
  }
  const end = held.indexOf(LAST_CHUNK, head);
  return end < 0 ? undefined : end + LAST_CHUNK.length;
}
