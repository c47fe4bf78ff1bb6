import { isRecord } from "../bridge/shape.ts";

/**
 * The text frames of a Socket.IO connection over one WebSocket, as far as this widget meets them: Engine.IO protocol 4
 * carrying Socket.IO protocol 5 (both documented at socket.io/docs). The first digit is Engine.IO's packet type;
 * after a 4 ("message") comes Socket.IO's, an acknowledgement id where there is one, and JSON.
 * Ten kilobytes lighter than the library, which also brings polling, binary packets, namespaces and rooms of options.
 */
export type Packet =
  /** `patienceMs`: a server that is silent for longer is gone. */
  | { type: "opened"; patienceMs: number }
  | { type: "ping" }
  | { type: "connected" }
  | { type: "refused"; message: string }
  | { type: "closed" }
  | { type: "event"; name: string; payload: unknown }
  | { type: "reply"; id: number; payload: unknown };

export const PONG = "3";

export function encodeConnect(token: string): string {
  return `40${JSON.stringify({ token })}`;
}

/** @param id of the acknowledgement asked for, or null */
export function encodeEvent(name: string, payload: unknown, id: number | null): string {
  return `42${id ?? ""}${JSON.stringify([name, payload])}`;
}

/** Null for packets that say nothing to the widget, and for what is not a packet. */
export function decodePacket(frame: unknown): Packet | null {
  if (typeof frame !== "string") return null;
  const body = parse(frame.replace(/^\d*/, ""));
  switch (frame[0]) {
    case "0":
      return isRecord(body)
        ? { type: "opened", patienceMs: Number(body.pingInterval) + Number(body.pingTimeout) }
        : null;
    case "1":
      return { type: "closed" };
    case "2":
      return { type: "ping" };
    case "4":
      return decodeMessage(frame, body);
    default:
      return null;
  }
}

function decodeMessage(frame: string, body: unknown): Packet | null {
  switch (frame[1]) {
    case "0":
      return { type: "connected" };
    case "1":
      return { type: "closed" };
    case "2":
      return Array.isArray(body) && typeof body[0] === "string"
        ? { type: "event", name: body[0], payload: body[1] }
        : null;
    case "3":
      return Array.isArray(body) ? { type: "reply", id: Number.parseInt(frame.slice(2), 10), payload: body[0] } : null;
    case "4":
      return { type: "refused", message: isRecord(body) ? String(body.message) : "" };
    default:
      return null;
  }
}

function parse(json: string): unknown {
  try {
    return JSON.parse(json || "null");
  } catch {
    return null;
  }
}
