import { createHash, randomBytes } from "node:crypto";

/** What an authorization server remembers. Plain JSON. `about`: what the tokens are for, e.g. a location. */
export interface OAuthState {
  codes: Record<string, { grant: string; redirectUri: string; challenge: string | null; endsAt: number }>;
  grants: Record<string, { about: Record<string, string>; revoked: boolean }>;
  access: Record<string, { grant: string; endsAt: number }>;
  /** Refresh token → its grant. Those that were used up are gone. */
  refresh: Record<string, string>;
}

interface OAuthServerOptions {
  readonly state: () => OAuthState;
  readonly now: () => number;
  /** Of an access token. */
  readonly lifetimeS: number;
  /** Whether a refresh token works once. */
  readonly rotates: boolean;
  /** How the vendor's tokens begin. */
  readonly prefix: string;
}

export interface IssuedTokens {
  readonly accessToken: string;
  readonly refreshToken: string;
  readonly expiresInS: number;
  readonly about: Readonly<Record<string, string>>;
}

export interface OAuthServer {
  /** A person agreed: the code with which their browser is sent back. */
  issueCode(request: { redirectUri: string; challenge: string | null; about: Record<string, string> }): string;
  /** Works once, with the same redirect address, and with the verifier where there was a challenge. */
  redeem(request: { code: string; redirectUri: string; verifier: string | null }): IssuedTokens | null;
  refresh(token: string): IssuedTokens | null;
  /** What an access token is for; `expired` when it was good once. */
  aboutOf(accessToken: string): Readonly<Record<string, string>> | "expired" | null;
  /** Another access token of the same grant, for a part of what it is for. */
  issueFor(accessToken: string, about: Record<string, string>): IssuedTokens | null;
  /** As when the app is removed from the account: nothing that was given works any more. */
  revokeAll(): void;
  /** Every access token ends now; refresh tokens stay good. */
  expireAccess(): void;
}

const CODE_MS = 10 * 60_000;

export function emptyOAuthState(): OAuthState {
  return { codes: {}, grants: {}, access: {}, refresh: {} };
}

/** Codes, access and refresh tokens of RFC 6749 with PKCE (RFC 7636), as far as vendors agree; their words are their own. */
export function createOAuthServer({ state, now, lifetimeS, rotates, prefix }: OAuthServerOptions): OAuthServer {
  const mint = (kind: string) => `${prefix}${kind}-${randomBytes(24).toString("base64url")}`;

  function issue(grant: string, refreshToken: string): IssuedTokens | null {
    const granted = state().grants[grant];
    if (!granted || granted.revoked) return null;
    const accessToken = mint("at");
    state().access[accessToken] = { grant, endsAt: now() + lifetimeS * 1000 };
    state().refresh[refreshToken] = grant;
    return { accessToken, refreshToken, expiresInS: lifetimeS, about: granted.about };
  }

  return {
    issueCode({ redirectUri, challenge, about }) {
      const [code, grant] = [mint("code"), mint("grant")];
      state().grants[grant] = { about, revoked: false };
      state().codes[code] = { grant, redirectUri, challenge, endsAt: now() + CODE_MS };
      return code;
    },
    redeem({ code, redirectUri, verifier }) {
      const issued = state().codes[code];
      delete state().codes[code];
      if (!issued || issued.endsAt <= now() || issued.redirectUri !== redirectUri) return null;
      if (issued.challenge !== null && issued.challenge !== challengeOf(verifier)) return null;
      return issue(issued.grant, mint("rt"));
    },
    refresh(token) {
      const grant = state().refresh[token];
      if (grant === undefined) return null;
      if (rotates) delete state().refresh[token];
      return issue(grant, rotates ? mint("rt") : token);
    },
    aboutOf(accessToken) {
      const issued = state().access[accessToken];
      const granted = issued && state().grants[issued.grant];
      if (!granted || granted.revoked) return null;
      return issued.endsAt <= now() ? "expired" : granted.about;
    },
    issueFor(accessToken, about) {
      const issued = state().access[accessToken];
      if (!issued) return null;
      const grant = mint("grant");
      state().grants[grant] = { about, revoked: false };
      return issue(grant, mint("rt"));
    },
    revokeAll() {
      for (const granted of Object.values(state().grants)) granted.revoked = true;
    },
    expireAccess() {
      for (const issued of Object.values(state().access)) issued.endsAt = Math.min(issued.endsAt, now());
    },
  };
}

function challengeOf(verifier: string | null): string | null {
  return verifier === null ? null : createHash("sha256").update(verifier).digest("base64url");
}
