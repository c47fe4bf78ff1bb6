import type { ApiError } from "@rolodesk/shared/api-error";
import type { VisitorToServer } from "@rolodesk/shared/realtime";
import { isRecord } from "../bridge/shape.ts";
import { type Line, type LineEvents, openWebSocketLine } from "./line.ts";
import { decodePacket, encodeConnect, encodeEvent, type Packet, PONG } from "./socket-packet.ts";
import { isApiError } from "./wire-shapes.ts";

type Input<E extends keyof VisitorToServer> = Parameters<VisitorToServer[E]>[0];

/** What the server answered, or `lost` when it did not: the request may or may not have been carried out. */
export type Answer = { ok: true; data: Record<string, unknown> } | { ok: false; error: ApiError } | "lost";

export interface Socket {
  /** Connects, and goes on connecting, until `close`. */
  open(): void;
  close(): void;
  /** Drops the connection and makes a new one, with whatever token is current then. */
  restart(): void;
  request<E extends keyof VisitorToServer>(event: E, input: Input<E>): Promise<Answer>;
  /** For what is worth nothing later: dropped when there is no connection. */
  signal<E extends keyof VisitorToServer>(event: E, input: Input<E>): void;
}

interface SocketEvents {
  /** The session's token for this attempt. Rejects: tried again later. */
  token(): Promise<string>;
  /** The server does not accept this token. The next attempt follows when the promise settles. */
  tokenRefused(token: string): Promise<unknown>;
  connected(): void;
  lost(): void;
  pushed(name: string, payload: unknown): void;
}

const ANSWER_WITHIN_MS = 10_000;
const CONNECT_WITHIN_MS = 10_000;
const MAX_DELAY_MS = 10_000;
/** So many WebSockets in a row that never opened, the last of them while the server answered: a proxy lets none through. */
const BLOCKED_AFTER = 3;

/** @param url `wss://…` of the socket's path, with a slash at its end */
export function createSocket(url: string, events: SocketEvents): Socket {
  const unanswered = new Map<number, (answer: Answer) => void>();
  let wanted = false;
  let line: Line | null = null;
  let blocked = 0;
  let connected = false;
  let asking = false;
  let restarts = 0;
  let attempts = 0;
  let lastId = 0;
  let retry: ReturnType<typeof setTimeout> | undefined;
  let watchdog: ReturnType<typeof setTimeout> | undefined;
  let heardAt = 0;
  let patienceMs = CONNECT_WITHIN_MS;

  async function connect(): Promise<void> {
    clearTimeout(retry);
    if (!wanted || line || asking) return;
    asking = true;
    const asked = restarts;
    const token = await events.token().catch(() => null);
    asking = false;
    if (!wanted || line) return;
    // restarted meanwhile: this may be the token of the former session
    if (asked !== restarts) return connect();
    if (token === null) return connectLater();
    const polls = blocked >= BLOCKED_AFTER;
    const openLine = polls ? await loadPolling() : openWebSocketLine;
    const mayBeBlocked = blocked < BLOCKED_AFTER - 1 || (await serverAnswers());
    if (!wanted || line) return;
    // counted until it opens; a polling line that does not is no better than a WebSocket
    blocked = polls ? 0 : blocked + (mayBeBlocked ? 1 : 0);
    const opening: Line = openLine(url, {
      received(frame) {
        const packet = line === opening && decodePacket(frame);
        if (packet) receive(packet, opening, token, polls);
      },
      closed() {
        if (line === opening) dropLine();
      },
    });
    line = opening;
    patienceMs = CONNECT_WITHIN_MS;
    expectSomething();
  }

  function receive(packet: Packet, opened: Line, token: string, polls: boolean): void {
    expectSomething();
    switch (packet.type) {
      case "opened":
        patienceMs = packet.patienceMs;
        blocked = polls ? BLOCKED_AFTER : 0;
        opened.send(encodeConnect(token));
        break;
      case "ping":
        opened.send(PONG);
        break;
      case "connected":
        connected = true;
        attempts = 0;
        events.connected();
        break;
      case "refused":
        void refuse(packet.message, token);
        break;
      case "closed":
        dropLine();
        break;
      case "event":
        events.pushed(packet.name, packet.payload);
        break;
      case "reply":
        settle(packet.id, readAnswer(packet.payload));
        break;
    }
  }

  async function refuse(message: string, token: string): Promise<void> {
    const isToken = message === "unauthenticated" || message === "expired";
    // rejected: the server is out of reach, which the next attempt will meet again
    if (isToken) await events.tokenRefused(token).catch(() => null);
    dropLine();
  }

  function settle(id: number, answer: Answer): void {
    unanswered.get(id)?.(answer);
    unanswered.delete(id);
  }

  /** A line that died without a word (sleep, lost network) is noticed by its silence. */
  function expectSomething(): void {
    clearTimeout(watchdog);
    heardAt = Date.now();
    watchdog = setTimeout(dropLine, patienceMs);
  }

  function dropLine(): void {
    const dead = line;
    line = null;
    clearTimeout(watchdog);
    dead?.close();
    if (connected) {
      connected = false;
      events.lost();
    }
    for (const id of [...unanswered.keys()]) settle(id, "lost");
    connectLater();
  }

  /** Half a second at first, then twice as long each time, with jitter, so that a restarted server is not stormed. */
  function connectLater(): void {
    clearTimeout(retry);
    if (!wanted) return;
    const delay = Math.min(MAX_DELAY_MS, 500 * 2 ** attempts++);
    retry = setTimeout(() => void connect(), delay * (0.5 + Math.random() / 2));
  }

  /** Timers stood still while the device slept: the line may be long dead. */
  function wake(): void {
    if (line && Date.now() - heardAt > patienceMs) dropLine();
    void connect();
  }

  window.addEventListener("online", wake);
  // the line itself would be silent until the watchdog barks
  window.addEventListener("offline", () => line && dropLine());
  document.addEventListener("visibilitychange", wake);

  return {
    open() {
      wanted = true;
      void connect();
    },
    close() {
      wanted = false;
      dropLine();
    },
    restart() {
      wanted = true;
      restarts++;
      attempts = 0;
      dropLine();
      void connect();
    },
    request(event, input) {
      if (!connected || !line) return Promise.resolve("lost");
      const id = ++lastId;
      line.send(encodeEvent(event, input, id));
      return new Promise((resolve) => {
        const timeout = setTimeout(() => settle(id, "lost"), ANSWER_WITHIN_MS);
        unanswered.set(id, (answer) => {
          clearTimeout(timeout);
          resolve(answer);
        });
      });
    },
    signal(event, input) {
      if (connected) line?.send(encodeEvent(event, input, null));
    },
  };
}

async function serverAnswers(): Promise<boolean> {
  return await fetch(location.pathname, { method: "HEAD", cache: "no-store" }).then(
    ({ ok }) => ok,
    () => false,
  );
}

type OpenLine = (url: string, events: LineEvents) => Line;

/** Out of reach itself, it is tried again like a line that did not open. */
async function loadPolling(): Promise<OpenLine> {
  const loaded = await import("./polling-line.ts").catch(() => null);
  return loaded?.openPollingLine ?? openWebSocketLine;
}

function readAnswer(reply: unknown): Answer {
  if (!isRecord(reply)) return "lost";
  if (reply.ok === true && isRecord(reply.data)) return { ok: true, data: reply.data };
  return isApiError(reply.error) ? { ok: false, error: reply.error } : "lost";
}
