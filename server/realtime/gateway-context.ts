import type { Auth } from "../auth/auth.ts";
import type { Deps } from "../deps.ts";
import type { Presence } from "../presence.ts";
import type { PresenceAnnouncer } from "./announce-presence.ts";
import type { RealtimeLimits } from "./gateway.ts";
import type { SocketServers } from "./socket-servers.ts";

/** What the parts of the gateway share. */
export interface GatewayContext {
  readonly deps: Deps;
  readonly auth: Auth;
  readonly presence: Presence;
  readonly servers: SocketServers;
  readonly announcer: PresenceAnnouncer;
  readonly limits: RealtimeLimits;
  readonly trustProxy: number;
}
