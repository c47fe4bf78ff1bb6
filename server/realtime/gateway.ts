import type { Server as HttpServer } from "node:http";
import type { Auth } from "../auth/auth.ts";
import type { Deps } from "../deps.ts";
import type { BucketRule } from "../limits/token-buckets.ts";
import type { Presence } from "../presence.ts";
import { acceptAgents } from "./accept-agents.ts";
import { acceptVisitors } from "./accept-visitors.ts";
import { announcePresence } from "./announce-presence.ts";
import type { BindablePublisher } from "./publisher.ts";
import { startReauthentication } from "./reauthenticate.ts";
import { openSocketServers } from "./socket-servers.ts";

interface RealtimeOptions {
  readonly auth: Auth;
  readonly presence: Presence;
  readonly publisher: BindablePublisher;
  /** How many reverse proxies stand before us. */
  readonly trustProxy: number;
  readonly limits?: Partial<RealtimeLimits>;
  /** How often it is looked whether the sessions of open sockets still hold. */
  readonly recheckMs?: number;
}

export interface RealtimeLimits {
  /** Sockets opened from one address; high, because offices and mobile networks share one. */
  readonly connections: BucketRule;
  /** All events of one socket. */
  readonly events: BucketRule;
  /** Messages of one visitor, over all their tabs; what was written offline arrives at once. */
  readonly messages: BucketRule;
}

const LIMITS: RealtimeLimits = {
  connections: { burst: 300, refillMs: 100 },
  events: { burst: 120, refillMs: 50 },
  messages: { burst: 60, refillMs: 500 },
};

interface Realtime {
  /** Drops every line, so that clients look for another server; the HTTP server stays open. */
  close(): Promise<void>;
}

/**
 * Puts the visitors' and the agents' sockets on a server that already has its HTTP listener. Nothing that matters is only
 * in memory: after a restart clients reconnect and catch up from the tables.
 */
export function attachRealtime(server: HttpServer, deps: Deps, options: RealtimeOptions): Realtime {
  const servers = openSocketServers(server, deps.config.publicUrl);
  const limits = { ...LIMITS, ...options.limits };
  const announcer = announcePresence(servers, options.presence);
  const context = { ...options, deps, servers, limits, announcer };
  options.publisher.bind(servers);
  acceptVisitors(context);
  acceptAgents(context);
  const stopReauthentication = startReauthentication(context, options.recheckMs);
  return {
    async close() {
      await stopReauthentication();
      announcer.stop();
      servers.visitors.engine.close();
      servers.agents.engine.close();
    },
  };
}
