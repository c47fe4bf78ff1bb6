import type { VisitorSession } from "@rolodesk/shared/visitor";
import { renewalDelay, type Sessions } from "./session.ts";

interface TokenSource {
  /** The token for the next connection: signs in first where that was asked for. Rejects when the server is out of reach. */
  token(): Promise<string>;
  refused(token: string): Promise<void>;
  signInWith(identityToken: string): void;
  /** The server ended the session in use. Resolves whether another tab has a new one. */
  ended(): Promise<boolean>;
  /** Milliseconds after which the connection should be made anew, with a renewed token. */
  renewAfter(): number;
}

const NEVER_SOONER_MS = 30_000;
const NEVER_LATER_MS = 12 * 3_600_000;

/** @param adopt called with every session that is new to this tab */
export function createTokenSource(sessions: Sessions, adopt: (session: VisitorSession) => void): TokenSource {
  let identityToken: string | null = null;
  let inUse = sessions.current()?.token ?? "";

  function take(session: VisitorSession): string {
    if (session.token !== inUse) adopt(session);
    inUse = session.token;
    return inUse;
  }

  return {
    async token() {
      const signingIn = identityToken;
      if (signingIn === null) return take(await sessions.ensure());
      const session = await sessions.identify(signingIn);
      if (identityToken === signingIn) identityToken = null;
      return take(session);
    },
    async refused(token) {
      take(await sessions.replace(token));
    },
    signInWith(token) {
      identityToken = token;
    },
    async ended() {
      const other = await sessions.drop(inUse);
      if (other) take(other);
      else inUse = "";
      return other !== null;
    },
    renewAfter() {
      const session = sessions.current();
      const delay = session ? renewalDelay(session, Date.now()) : NEVER_LATER_MS;
      return Math.min(NEVER_LATER_MS, Math.max(NEVER_SOONER_MS, delay));
    },
  };
}
