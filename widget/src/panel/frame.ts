import { type Handshake, HOST_FRAGMENT, isHandshake } from "../bridge/handshake.ts";
import type { Start, ToFrame } from "../bridge/to-frame.ts";
import { readToHost, type ToHost } from "../bridge/to-host.ts";
import { pageLanguage } from "../loader/language.ts";
import type { SiteFace, SiteTag } from "../loader/site.ts";
import { pageContext } from "./page-context.ts";
import type { Waiting } from "./waiting.ts";

/** A frame that has loaded and not greeted by then is none: the server, or the way to it, is away. */
const GREETING_MS = 3000;

interface Frame {
  /** Delivered in order, as soon as the frame has greeted. */
  send(message: ToFrame): void;
  focus(): void;
  /** Asks for a frame that did not come once more, and gives it the focus. */
  retry(): void;
}

/**
 * The iframe inside `panel`, unseen until it greets, and the channel to it.
 *
 * @param waiting what stands there until then
 */
export function createFrame(
  { base, key, origin }: SiteTag,
  { name, config }: SiteFace,
  panel: HTMLElement,
  waiting: Waiting,
  receive: (message: ToHost) => void,
): Frame {
  const iframe = document.createElement("iframe");
  let port: MessagePort | null = null;
  let unsent: ToFrame[] = [];

  window.addEventListener("message", (event: MessageEvent<unknown>) => {
    if (event.source !== iframe.contentWindow || event.origin !== origin || !isHandshake(event.data, "hello")) return;
    port?.close();
    const channel = new MessageChannel();
    port = channel.port1;
    port.onmessage = ({ data }: MessageEvent<unknown>) => {
      const message = readToHost(data);
      if (message) receive(message);
    };
    iframe.contentWindow?.postMessage({ rolodesk: "port" } satisfies Handshake, origin, [channel.port2]);
    const start: Start = { type: "start", config, page: pageContext(), language: pageLanguage() };
    for (const message of [start, ...unsent]) port.postMessage(message);
    unsent = [];
    iframe.hidden = false;
    waiting.end();
  });

  iframe.onload = () => setTimeout(() => port ?? waiting.fail(), GREETING_MS);
  iframe.hidden = true;

  iframe.title = name;
  iframe.src = `${base}frame/${encodeURIComponent(key)}${HOST_FRAGMENT}${encodeURIComponent(location.origin)}`;
  panel.append(iframe);

  return {
    send(message) {
      if (port) port.postMessage(message);
      else unsent.push(message);
    },
    focus: () => iframe.focus(),
    retry() {
      waiting.again();
      panel.append(iframe); // a frame that is put in again loads again
      iframe.focus();
    },
  };
}
