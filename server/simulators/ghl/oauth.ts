import { Hono } from "hono";
import type { Store } from "../kit/file-store.ts";
import { createOAuthServer, emptyOAuthState, type OAuthServer } from "../kit/oauth-server.ts";
import type { GhlToken } from "./access.ts";
import { type GhlApp, type GhlOAuthSwitches, oauthRoutes } from "./oauth-routes.ts";
import type { GhlLocation, GhlState } from "./state.ts";

export interface GhlOAuth {
  readonly server: OAuthServer;
  readonly switches: GhlOAuthSwitches;
  /** Nothing but 404 where there is no app. */
  readonly routes: Hono;
  /** What an app's access token may do; undefined for one that is none. */
  tokenOf(text: string): GhlToken | undefined;
}

interface GhlOAuthOptions {
  readonly app: GhlApp | undefined;
  readonly store: Store<GhlState>;
  readonly location: GhlLocation;
  readonly now: () => number;
}

/** As the token answers say: a second less than a day. */
const ACCESS_TOKEN_S = 86_399;

export function createGhlOAuth({ app, store, location, now }: GhlOAuthOptions): GhlOAuth {
  function state() {
    store.state.oauth ??= emptyOAuthState();
    return store.state.oauth;
  }
  const server = createOAuthServer({ state, now, lifetimeS: ACCESS_TOKEN_S, rotates: true, prefix: "ghl-" });
  const switches: GhlOAuthSwitches = { echoesState: true, locationIsActive: true, otherLocations: [] };
  const { save } = store;
  return {
    server,
    switches,
    routes: app ? oauthRoutes({ app, oauth: server, location, switches, save }) : new Hono(),
    tokenOf(text) {
      const about = server.aboutOf(text);
      if (about === null) return undefined;
      if (about === "expired") return { token: text, kind: "oauth", locationId: location.id, expired: true };
      const kind = about.userType === "Company" ? "agency" : "oauth";
      return { token: text, kind, locationId: about.locationId ?? "", scopes: about.scope?.split(" ") };
    },
  };
}
