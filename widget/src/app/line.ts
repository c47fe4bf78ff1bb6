/** What carries the socket's text frames. It is closed once, by either side, and then gone. */
export interface Line {
  send(frame: string): void;
  close(): void;
}

export interface LineEvents {
  received(frame: unknown): void;
  closed(): void;
}

/** One WebSocket. @param url `wss://…` of the socket's path, with a slash at its end */
export function openWebSocketLine(url: string, events: LineEvents): Line {
  const socket = new WebSocket(`${url}?EIO=4&transport=websocket`);
  socket.onmessage = ({ data }: MessageEvent<unknown>) => events.received(data);
  socket.onclose = () => events.closed();
  return {
    send: (frame) => socket.send(frame),
    close: () => socket.close(),
  };
}
