import type { HttpBindings } from "@hono/node-server";
import type { ProviderForm } from "@rolodesk/shared/connection";
import type { SetupState } from "@rolodesk/shared/user";
import type { Provider } from "@rolodesk/shared/vocabulary";
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
  /** What opens the simulated CRMs of a demo, to fill the form of an admin who tries to connect one. */
  readonly demoAccounts?: Partial<Record<Provider, NonNullable<ProviderForm["demo"]>>>;
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
