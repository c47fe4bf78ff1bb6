import type { Line, LineEvents } from "./line.ts";

/** Engine.IO 4 puts it between the packets of one body. */
const BETWEEN = "\x1e";

/**
 * Engine.IO's long polling, for networks whose proxies let no WebSocket through: one GET waits for packets at any time,
 * packets to the server go out in POSTs, one after another. Loaded only when it is needed.
 *
 * @param url `wss://…` of the socket's path, with a slash at its end
 */
export function openPollingLine(url: string, events: LineEvents): Line {
  const address = `${url.replace(/^ws/, "http")}?EIO=4&transport=polling`;
  const ended = new AbortController();
  const unsent: string[] = [];
  let session = "";
  let sending = false;

  function end(): void {
    if (ended.signal.aborted) return;
    ended.abort();
    events.closed();
  }

  async function ask(init?: RequestInit): Promise<string> {
    const response = await fetch(address + session, { ...init, cache: "no-store", signal: ended.signal });
    if (!response.ok) throw new Error("The line was cut.");
    return await response.text();
  }

  async function listen(): Promise<void> {
    while (!ended.signal.aborted) {
      for (const frame of (await ask()).split(BETWEEN)) {
        if (frame[0] === "0") session = `&sid=${encodeURIComponent(JSON.parse(frame.slice(1)).sid)}`;
        events.received(frame);
      }
    }
  }

  async function sendAll(): Promise<void> {
    if (sending) return;
    sending = true;
    while (unsent.length > 0) {
      await ask({ method: "POST", body: unsent.splice(0).join(BETWEEN), headers: { "content-type": "text/plain" } });
    }
    sending = false;
  }

  listen().catch(end);
  return {
    send(frame) {
      unsent.push(frame);
      sendAll().catch(end);
    },
    close: () => ended.abort(),
  };
}
