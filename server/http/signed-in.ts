import type { Context, MiddlewareHandler } from "hono";
import type { AgentSession, Auth } from "../auth/auth.ts";
import { DomainError } from "../domain/domain-error.ts";
import type { AppEnv } from "./doors.ts";
import { type KeySession, readBearerKey } from "./key-session.ts";

/** Lets a signed-in user through, or a program with an API key. A request with a key is judged by the key alone. */
export function signedIn(auth: Auth, keySession: KeySession): MiddlewareHandler<AppEnv> {
  return async (c, next) => {
    const secret = readBearerKey(c);
    const session = secret === null ? await cookieSession(c, auth) : await keySession(c, secret);
    c.set("session", session);
    await next();
    for (const cookie of session.cookies) c.res.headers.append("Set-Cookie", cookie);
  };
}

async function cookieSession(c: Context<AppEnv>, auth: Auth): Promise<AgentSession> {
  const session = await auth.session(c.req.raw.headers);
  if (!session) throw new DomainError("unauthenticated", "Sign in first.");
  assertMeant(c);
  return session;
}

/** What changes something needs a header besides the cookie, one that no other site can make a browser send. */
export function assertMeant(c: Context<AppEnv>): void {
  if (c.req.method === "GET" || c.req.method === "HEAD" || c.req.header("x-rolodesk") === "1") return;
  throw new DomainError("forbidden", "Send the header x-rolodesk: 1 with requests that change something.");
}
