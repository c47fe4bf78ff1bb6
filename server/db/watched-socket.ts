import { connect, type Socket } from "node:net";

interface Target {
  readonly host: readonly string[];
  readonly port: readonly number[];
  readonly path?: string | undefined;
}

/**
 * A socket factory for postgres.js, which itself waits for ever: a connection on which nothing moves for this long is cut,
 * so that its statement fails and the pool goes on. `statement_timeout` helps while the server lives; this helps when it
 * hangs or the network swallows everything. Not for connections that wait on purpose, such as LISTEN.
 */
export function watchedSocket(silenceMs: number): (target: Target) => Socket {
  return ({ host: [host = "localhost"], port: [port = 5432], path }) => {
    // what takes more than one write (a COPY, a long parameter) would wait for the answer to the first: 40 ms each
    const socket = path ? connect(path) : connect({ port, host, noDelay: true });
    // without an error: between a socket's `error` and its `close` postgres.js takes statements that it then forgets
    socket.setTimeout(silenceMs, () => socket.destroy());
    // postgres.js reads the name for TLS from here
    return Object.assign(socket, { host, port });
  };
}
