import { randomBytes } from "node:crypto";
import { once } from "node:events";
import { connect, type Socket } from "node:net";

/**
 * A Socket.IO client over a bare WebSocket, as light as can be: on one machine, what the client costs is taken from the
 * server. Text frames only, loopback only.
 */
export interface FrameLine {
  /** Sends an event and answers its acknowledgement, parsed. */
  ask(event: string, input: unknown): Promise<unknown>;
  /** What events that came by themselves told: each may carry several pieces of news. */
  readonly told: { count: number };
  close(): void;
}

export interface LineOptions {
  readonly port: number;
  /** Where Socket.IO listens, e.g. `/rt`. */
  readonly path: string;
  readonly auth?: unknown;
  readonly cookie?: string;
  /** Called with every event that comes by itself. */
  readonly onTold?: () => void;
}

export async function openLine({ port, path, auth = {}, cookie, onTold }: LineOptions): Promise<FrameLine> {
  const socket = connect(port, "127.0.0.1");
  socket.setNoDelay(true);
  await once(socket, "connect");
  socket.write(
    [
      `GET ${path}/?EIO=4&transport=websocket HTTP/1.1`,
      `Host: localhost:${port}`,
      "Connection: Upgrade",
      "Upgrade: websocket",
      "Sec-WebSocket-Version: 13",
      `Sec-WebSocket-Key: ${randomBytes(16).toString("base64")}`,
      ...(cookie ? [`Cookie: ${cookie}`] : []),
      "",
      "",
    ].join("\r\n"),
  );

  const waiting = new Map<number, (answer: unknown) => void>();
  const told = { count: 0 };
  let asked = 0;
  await new Promise<void>((resolve, reject) => {
    readFrames(socket, (text) => {
      if (text === "2") return send(socket, "3");
      if (text.startsWith("0")) return send(socket, `40${JSON.stringify(auth)}`);
      if (text.startsWith("40")) return resolve();
      if (text.startsWith("44")) return reject(new Error(`Refused: ${text}`));
      if (text.startsWith("42")) {
        onTold?.();
        told.count += JSON.parse(text.slice(2)).length - 1;
        return;
      }
      const body = text.indexOf("[");
      const id = Number(text.slice(2, body));
      waiting.get(id)?.(JSON.parse(text.slice(body))[0]);
      waiting.delete(id);
    });
  });
  return {
    told,
    ask(event, input) {
      asked += 1;
      send(socket, `42${asked}${JSON.stringify([event, input])}`);
      return new Promise((resolve) => waiting.set(asked, resolve));
    },
    close: () => socket.destroy(),
  };
}

function send(socket: Socket, text: string): void {
  const payload = Buffer.from(text);
  // a mask of zeros is a mask; masking costs the server the same
  const head = payload.length < 126 ? Buffer.alloc(6) : Buffer.alloc(8);
  head[0] = 0x81;
  if (payload.length < 126) head[1] = 0x80 | payload.length;
  else {
    head[1] = 0x80 | 126;
    head.writeUInt16BE(payload.length, 2);
  }
  socket.write(Buffer.concat([head, payload]));
}

function readFrames(socket: Socket, take: (text: string) => void): void {
  let held: Buffer = Buffer.alloc(0);
  let upgraded = false;
  socket.on("data", (chunk) => {
    held = held.length === 0 ? chunk : Buffer.concat([held, chunk]);
    if (!upgraded) {
      const end = held.indexOf("\r\n\r\n");
      if (end < 0) return;
      held = held.subarray(end + 4);
      upgraded = true;
    }
    for (;;) {
      const frame = firstFrame(held);
      if (!frame) return;
      held = held.subarray(frame.bytes);
      if (frame.isText) take(frame.text);
    }
  });
}

/** By what stands in the place of a short length; longer ones follow it. */
const HEAD_BYTES = new Map([
  [126, 4],
  [127, 10],
]);

function firstFrame(held: Buffer): { text: string; bytes: number; isText: boolean } | null {
  if (held.length < 2) return null;
  const short = (held[1] ?? 0) & 0x7f;
  const head = HEAD_BYTES.get(short) ?? 2;
  if (held.length < head) return null;
  const length = head === 2 ? short : head === 4 ? held.readUInt16BE(2) : held.readUInt32BE(6);
  if (held.length < head + length) return null;
  const isText = ((held[0] ?? 0) & 0x0f) === 1;
  return { text: held.toString("utf8", head, head + length), bytes: head + length, isText };
}
