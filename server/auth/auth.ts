import { betterAuth } from "better-auth";
import { drizzleAdapter } from "better-auth/adapters/drizzle";
import { isAPIError } from "better-auth/api";
import { admin } from "better-auth/plugins";
import { sql } from "drizzle-orm";
import type { Logger } from "pino";
import type { UserActor } from "../actor.ts";
import type { Db } from "../db/client.ts";
import { deleteSession, type LiveSession, listLiveSessions } from "../db/queries/session.ts";
import { account, session, user, verification } from "../db/schema/auth.ts";
import { DomainError } from "../domain/domain-error.ts";
import { createKnownCookies } from "./known-cookies.ts";
import { hashPassword, verifyPassword } from "./password-hash.ts";

interface AuthOptions {
  readonly db: Db;
  /** Origin of this server; https turns secure cookies on. */
  readonly publicUrl: string;
  /** Signs the session cookies. */
  readonly secret: string;
  readonly now: () => Date;
  readonly log: Logger;
}

/** Who is signed in, by the session cookie. */
export interface AgentSession {
  readonly id: string;
  readonly actor: UserActor;
  /** `Set-Cookie` lines to pass on: a session in use is prolonged. */
  readonly cookies: readonly string[];
}

export interface Auth {
  /** Begins a new session and ends the one the request came with. Answers the `Set-Cookie` lines. */
  signIn(credentials: { email: string; password: string }, request: Headers): Promise<string[]>;
  /** Ends the session the request came with, if any; answers which it was and the `Set-Cookie` lines. */
  signOut(request: Headers): Promise<{ ended: AgentSession | null; cookies: string[] }>;
  session(request: Headers): Promise<AgentSession | null>;
  /** Those of these sessions that are still good, for connections that outlive a request. */
  live(sessionIds: readonly string[]): Promise<LiveSession[]>;
}

const DAY_MS = 86_400_000;
const SESSION_MS = 7 * DAY_MS;
/** A session that is in use is prolonged once this much of it is over. */
const PROLONG_AFTER_MS = DAY_MS;

export function createAuth({ db, publicUrl, secret, now, log }: AuthOptions): Auth {
  const secure = publicUrl.startsWith("https://");
  const cookie = (name: string) => ({ name: `${secure ? "__Host-" : ""}rolodesk${name}`, attributes: { secure } });
  const { api } = betterAuth({
    appName: "Rolodesk",
    baseURL: publicUrl,
    basePath: "/api/auth",
    secret,
    database: drizzleAdapter(db, { provider: "pg", schema: { user, session, account, verification } }),
    emailAndPassword: {
      enabled: true,
      disableSignUp: true,
      maxPasswordLength: 200,
      password: { hash: hashPassword, verify: ({ hash, password }) => verifyPassword(hash, password) },
    },
    session: { expiresIn: SESSION_MS / 1000, updateAge: PROLONG_AFTER_MS / 1000 },
    advanced: {
      // the prefix is part of the names below: the library itself only knows the weaker `__Secure-`
      useSecureCookies: false,
      ipAddress: { disableIpTracking: true },
      cookies: { session_token: cookie(""), dont_remember: cookie("-brief") },
    },
    plugins: [admin({ defaultRole: "agent" })],
    // only its functions are called, never its routes: the doors limit, check origins and shape errors themselves
    rateLimit: { enabled: false },
    telemetry: { enabled: false },
    logger: {
      level: "error",
      log: (_level, message) => log.error({ from: "better-auth" }, message),
    },
  });

  const knownCookies = createKnownCookies();

  async function sessionOf(request: Headers): Promise<AgentSession | null> {
    const header = request.get("cookie") ?? "";
    const knownId = knownCookies.sessionId(header, now());
    if (knownId !== undefined) {
      const [live] = await listLiveSessions(db, [knownId], now());
      return live ? { ...live, cookies: [] } : null;
    }
    const { headers, response } = await api.getSession({ headers: request, returnHeaders: true }).catch(revealDatabase);
    if (!response) return null;
    const { id, expiresAt } = response.session;
    const [live] = await listLiveSessions(db, [id], now());
    if (!live) return null;
    knownCookies.add(header, id, new Date(expiresAt.getTime() - SESSION_MS + PROLONG_AFTER_MS));
    return { ...live, cookies: headers.getSetCookie() };
  }

  /** The library hides what failed behind a fault of its own; a database that is away says so when it is asked again. */
  async function revealDatabase(error: unknown): Promise<never> {
    await db.execute(sql`select 1`);
    throw error;
  }

  return {
    session: sessionOf,
    live: (sessionIds) => listLiveSessions(db, sessionIds, now()),

    async signIn(body, request) {
      const before = await sessionOf(request);
      const { headers } = await api.signInEmail({ body, headers: request, returnHeaders: true }).catch(toRefusal);
      if (before) await deleteSession(db, before.id);
      return headers.getSetCookie();
    },

    async signOut(request) {
      const ended = await sessionOf(request);
      const { headers } = await api.signOut({ headers: request, returnHeaders: true });
      return { ended, cookies: headers.getSetCookie() };
    },
  };
}

/** The same words for an unknown address and a wrong password. */
function toRefusal(error: unknown): never {
  const code = isAPIError(error) ? error.body?.code : undefined;
  if (code === "BANNED_USER") {
    throw new DomainError("forbidden", "This account is deactivated. Ask an admin to activate it.");
  }
  if (code === "INVALID_EMAIL_OR_PASSWORD" || code === "INVALID_EMAIL") {
    throw new DomainError("unauthenticated", "The email address or the password is wrong.");
  }
  throw error;
}
