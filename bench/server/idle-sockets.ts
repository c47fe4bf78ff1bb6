import { once } from "node:events";
import { setTimeout as delay } from "node:timers/promises";
import { VISITOR_SOCKET_PATH } from "@rolodesk/shared/vocabulary";
import { z } from "zod";
import { type FrameLine, openLine } from "../chat-path/frame-line.ts";
import type { Served } from "../serve.ts";

const SETTLE_MS = 500;

/** Bytes one more idle socket makes the server hold. The sockets stay open. */
export async function memoryPerSocket({ child, port }: Served, tokens: readonly string[]): Promise<number> {
  const before = await heldBytes(child);
  const lines: FrameLine[] = [];
  for (const token of tokens) lines.push(await openLine({ port, path: VISITOR_SOCKET_PATH, auth: { token } }));
  await delay(SETTLE_MS);
  return ((await heldBytes(child)) - before) / lines.length;
}

async function heldBytes(child: Served["child"]): Promise<number> {
  child.send("memory");
  const [answer] = await once(child, "message");
  return z.object({ held: z.number() }).parse(answer).held;
}
