import { type Handshake, HOST_FRAGMENT, isHandshake } from "../bridge/handshake.ts";
import type { Start, ToFrame } from "../bridge/to-frame.ts";
import { readToHost, type ToHost } from "../bridge/to-host.ts";
import { pageLanguage } from "../loader/language.ts";
import type { SiteFace, SiteTag } from "../loader/site.ts";
import { pageContext } from "./page-context.ts";

interface Frame {
  /** Delivered in order, as soon as the frame has greeted. */
  send(message: ToFrame): void;
  focus(): void;
}

/** The iframe inside `panel` and the channel to it. */
export function createFrame(
  { base, key, origin }: SiteTag,
  { name, config }: SiteFace,
  panel: HTMLElement,
  receive: (message: ToHost) => void,
): Frame {
  const iframe = document.createElement("iframe");
  let port: MessagePort | null = null;
  let waiting: ToFrame[] = [];

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
    for (const message of [start, ...waiting]) port.postMessage(message);
    waiting = [];
  });

  iframe.title = name;
  iframe.src = `${base}frame/${encodeURIComponent(key)}${HOST_FRAGMENT}${encodeURIComponent(location.origin)}`;
  panel.append(iframe);

  return {
    send(message) {
      if (port) port.postMessage(message);
      else waiting.push(message);
    },
    focus: () => iframe.focus(),
  };
}
