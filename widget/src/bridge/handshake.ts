import { isRecord } from "./shape.ts";

/**
 * The only two messages that ever cross `window.postMessage`, both with an exact target origin.
 * 1. frame → host `hello`: "I am loaded, at the origin you know"
 * 2. host → frame `port`: hands over the MessageChannel on which everything else travels
 */
export type Handshake = { rolodesk: "hello" | "port" };

export function isHandshake(data: unknown, step: Handshake["rolodesk"]): boolean {
  return isRecord(data) && data.rolodesk === step;
}

/** The fragment in which the loader tells the frame whom to greet. Never sent to a server; checked against the allow-list. */
export const HOST_FRAGMENT = "#host=";
