import type { Publisher } from "./deps.ts";

/** For a process without sockets. Nothing is lost by it: clients read again when they look again. */
export const silentPublisher: Publisher = { toAgents() {}, toVisitor() {}, disconnect() {} };
