import type { OpenSession, VisitorSession } from "@rolodesk/shared/visitor";
import { exclusive } from "./exclusive.ts";
import type { Store } from "./store.ts";
import { isSession } from "./wire-shapes.ts";

export interface Sessions {
  /** The stored session, fresh or not; null before the first use. */
  current(): VisitorSession | null;
  /** A session fit for use: the stored one, renewed if it soon ends, or a new one. Rejects when the server is out of reach. */
  ensure(): Promise<VisitorSession>;
  /** The server refused `token`: the one another tab stored meanwhile, a renewed one, or a new one. */
  replace(token: string): Promise<VisitorSession>;
  /** Forgets `token` unless another tab has replaced it meanwhile; then that one is returned. */
  drop(token: string): Promise<VisitorSession | null>;
  /** Keeps the stored session's open conversation up to date, for the next load of a page. */
  remember(openConversationId: string | null): void;
  identify(identityToken: string): Promise<VisitorSession>;
  /** Ends the session here and on the server. */
  logOut(): Promise<void>;
}

const RENEW_BEFORE_MS = 10 * 60_000;

/** @param url absolute URL of POST /widget/api/sessions */
export function createSessions(siteKey: string, store: Store, url: string): Sessions {
  const lock = `rolodesk:${siteKey}:session`;

  function current(): VisitorSession | null {
    const stored = store.read("session");
    return isSession(stored) ? stored : null;
  }

  async function open(bearer: string | undefined, identityToken?: string): Promise<VisitorSession> {
    const response = await fetch(url, {
      method: "POST",
      headers: { "content-type": "application/json", ...authorization(bearer) },
      body: JSON.stringify({ siteKey, identityToken } satisfies OpenSession),
    });
    // a token past renewing: begin again without it
    if (response.status === 401 && bearer) return open(undefined, identityToken);
    const session: unknown = response.ok && (await response.json());
    if (!isSession(session)) throw new Error(`No session: the server answered ${response.status}.`);
    store.beginUse();
    store.write("session", session);
    return session;
  }

  return {
    current,
    ensure: () =>
      exclusive(lock, async () => {
        const session = current();
        return session && !endsSoon(session) ? session : open(session?.token);
      }),
    replace: (token) =>
      exclusive(lock, async () => {
        const session = current();
        return session && session.token !== token ? session : open(session?.token);
      }),
    drop: (token) =>
      exclusive(lock, async () => {
        const session = current();
        if (session && session.token !== token) return session;
        store.write("session", null);
        return null;
      }),
    remember(openConversationId) {
      const session = current();
      if (session) store.write("session", { ...session, openConversationId });
    },
    identify: (identityToken) => exclusive(lock, () => open(current()?.token, identityToken)),
    logOut() {
      const bearer = current()?.token;
      store.forget();
      return exclusive(lock, async () => {
        const ending = current()?.token ?? bearer;
        store.forget();
        // unreachable: the token is gone from here all the same, and ends on the server by its own age
        if (ending) await fetch(url, { method: "DELETE", headers: authorization(ending) }).catch(() => null);
      });
    },
  };
}

/** Milliseconds from now until the session should be renewed; 0 when it is time. */
export function renewalDelay(session: VisitorSession, now: number): number {
  return Math.max(0, Date.parse(session.expiresAt) - RENEW_BEFORE_MS - now);
}

function endsSoon(session: VisitorSession): boolean {
  return renewalDelay(session, Date.now()) === 0;
}

function authorization(bearer: string | undefined): Record<string, string> {
  return bearer ? { authorization: `Bearer ${bearer}` } : {};
}
