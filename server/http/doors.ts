import type { HttpBindings } from "@hono/node-server";
import type { SetupState } from "@rolodesk/shared/user";
import type { Hono } from "hono";
import type { AgentSession, Auth } from "../auth/auth.ts";
import type { Deps } from "../deps.ts";
import type { Presence } from "../presence.ts";

/** What the HTTP side needs beside the usecases' `Deps`. */
export interface Doors {
  readonly auth: Auth;
  readonly presence: Presence;
  /** Folder that holds `sidebar/dist` and `widget/dist`. */
  readonly staticRoot: string;
  /** How many reverse proxies stand before us, whose X-Forwarded-For entries are believed. */
  readonly trustProxy: number;
  /** Shown on the sign-in page of a demo. */
  readonly demoLogins?: SetupState["demoLogins"];
  /** Further pages, such as the demo shop; mounted at the root. */
  readonly pages?: readonly Hono<AppEnv>[];
}

export interface AppEnv {
  Bindings: Partial<HttpBindings>;
  Variables: {
    requestId: string;
    /** Set on every route behind `signedIn`. */
    session: AgentSession;
  };
}

/** The routes of one area, mounted at its path. */
export type Area = (deps: Deps, doors: Doors) => Hono<AppEnv>;
