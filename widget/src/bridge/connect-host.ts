import { isAllowedOrigin } from "@rolodesk/shared/site-origin";
import { type Handshake, HOST_FRAGMENT, isHandshake } from "./handshake.ts";
import { readToFrame, type ToFrame } from "./to-frame.ts";
import type { ToHost } from "./to-host.ts";

export interface HostLink {
  send(message: ToHost): void;
}

/**
 * The frame's side of the handshake: greets the host named in the fragment, if the site allows it, and takes the
 * port from nobody else. A later port replaces the earlier one.
 *
 * @param allowedOrigins from the boot data, which the server wrote
 */
export function connectHost(allowedOrigins: readonly string[], receive: (message: ToFrame) => void): HostLink {
  let port: MessagePort | null = null;
  const host = decodeURIComponent(location.hash.slice(HOST_FRAGMENT.length));
  const known = location.hash.startsWith(HOST_FRAGMENT) && isAllowedOrigin(host, allowedOrigins);

  window.addEventListener("message", (event: MessageEvent<unknown>) => {
    if (event.source !== window.parent || !isAllowedOrigin(event.origin, allowedOrigins)) return;
    const offered = event.ports[0];
    if (!offered || !isHandshake(event.data, "port")) return;
    port?.close();
    port = offered;
    port.onmessage = ({ data }: MessageEvent<unknown>) => {
      const message = readToFrame(data);
      if (message) receive(message);
    };
  });

  if (known && window.parent !== window) {
    window.parent.postMessage({ rolodesk: "hello" } satisfies Handshake, host);
  }
  return { send: (message) => port?.postMessage(message) };
}
