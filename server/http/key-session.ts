import type { Context } from "hono";
import { matchedRoutes } from "hono/route";
import type { AgentSession } from "../auth/auth.ts";
import type { Deps } from "../deps.ts";
import { DomainError } from "../domain/domain-error.ts";
import { takeToken } from "../limits/rate-limited.ts";
import { createTokenBuckets } from "../limits/token-buckets.ts";
import { authenticateApiKey, type KeyHolder } from "../usecases/api-keys/authenticate-api-key.ts";
import type { AppEnv } from "./doors.ts";
import { descriptionOf } from "./openapi/described-areas.ts";

/** Of one key: 120 at once, then 10 a second. */
const REQUESTS_PER_KEY = { burst: 120, refillMs: 100 };

export type KeySession = (c: Context<AppEnv>, secret: string) => Promise<AgentSession>;

/** The session of a request that came with an API key. Throws when the key is not good, or not for this route. */
export function createKeySession(deps: Deps): KeySession {
  const requests = createTokenBuckets(REQUESTS_PER_KEY);
  return async (c, secret) => {
    const holder = await authenticateApiKey(deps, secret);
    if (!holder) throw new DomainError("unauthenticated", "This API key is unknown, revoked or expired.");
    takeToken(requests, holder.keyId, "This API key sent too many requests.");
    assertScope(c, holder);
    return { id: holder.keyId, actor: holder.actor, cookies: [] };
  };
}

/** A route that is not described is for no key. */
function assertScope(c: Context<AppEnv>, { scopes }: KeyHolder): void {
  const route = matchedRoutes(c).find(({ method }) => method !== "ALL");
  if (!route) return;
  const access = descriptionOf(`${route.method} ${route.path}`)?.access ?? "session";
  if (access === "session") throw new DomainError("forbidden", "This is for people who sign in, not for API keys.");
  if (access !== "open" && !scopes.includes(access)) {
    throw new DomainError("forbidden", `This API key lacks the scope ${access}.`);
  }
}

/** The key in `Authorization: Bearer …`; null when the request brings none. */
export function readBearerKey(c: Context<AppEnv>): string | null {
  return /^Bearer\b *(.*)$/i.exec(c.req.header("authorization") ?? "")?.[1] ?? null;
}
