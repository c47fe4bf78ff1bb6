import type { UserActor } from "../../server/actor.ts";
import type { Deps } from "../../server/deps.ts";
import { createHttpApp } from "../../server/http/app.ts";
import { createPresence } from "../../server/presence.ts";

export interface ConsoleDoor {
  /** A request as the console makes it, by somebody signed in. Answers the status and the parsed body. */
  ask<T>(method: string, path: string, body?: unknown): Promise<{ status: number; body: T }>;
  /** The same with headers of one's own, and the answer as it came. */
  send(method: string, path: string, body?: unknown, headers?: Record<string, string>): Promise<Response>;
  /** The body of an answer that must be good. */
  get<T>(path: string): Promise<T>;
  post<T>(path: string, body?: unknown): Promise<T>;
}

/** The HTTP side of a rig for one signed-in user, without a port and without passwords. */
export function consoleDoor(deps: Deps, actor: UserActor): ConsoleDoor {
  const session = { id: "session", actor, cookies: [] };
  const auth = {
    session: async () => session,
    live: async () => [session],
    signIn: async () => [],
    signOut: async () => ({ ended: null, cookies: [] }),
  };
  const app = createHttpApp(deps, { auth, presence: createPresence(), trustProxy: 0, staticRoot: "." });

  async function send(method: string, path: string, body?: unknown, headers: Record<string, string> = {}) {
    return await app.request(path, {
      method,
      headers: { "x-rolodesk": "1", ...(body === undefined ? {} : { "content-type": "application/json" }), ...headers },
      body: body === undefined ? undefined : JSON.stringify(body),
    });
  }

  async function ask<T>(method: string, path: string, body?: unknown): Promise<{ status: number; body: T }> {
    const answer = await send(method, path, body);
    return { status: answer.status, body: (await answer.json()) as T };
  }

  async function good<T>(method: string, path: string, body?: unknown): Promise<T> {
    const answer = await ask<T>(method, path, body);
    if (answer.status >= 300) throw new Error(`${method} ${path} answered ${JSON.stringify(answer)}`);
    return answer.body;
  }
  return { ask, send, get: (path) => good("GET", path), post: (path, body = {}) => good("POST", path, body) };
}
