import { createHash } from "node:crypto";
import { z } from "zod";
import { ConnectorError } from "../domain/connector-error.ts";
import { createHttpClient, type HttpOptions, type HttpResponse, jsonOf, retryAfterMs } from "./http-client.ts";

/** An OAuth 2.0 client-credentials grant (RFC 6749, 4.4), sent as a form. */
interface ClientCredentialsGrant {
  /** Who issues the token, as people call it: "Microsoft Entra". */
  readonly issuer: string;
  readonly tokenUrl: string;
  readonly clientId: string;
  readonly clientSecret: string;
  readonly scope: string;
}

export interface TokenSource {
  /** A token that is good for a while yet. Throws `auth_expired` when the issuer refuses the credentials. */
  get(): Promise<string>;
  /** Forgets `token`, which the API has refused; a newer one is kept. */
  drop(token: string): void;
}

interface CachedToken {
  readonly value: string;
  /** Epoch ms from which a new one is fetched. */
  readonly renewAt: number;
}

/** Tokens of every account of one vendor. A module keeps one for the life of the process, since connectors are made per job. */
interface TokenCache {
  readonly tokens: Map<string, CachedToken>;
  readonly requests: Map<string, Promise<CachedToken>>;
}

export function createTokenCache(): TokenCache {
  return { tokens: new Map(), requests: new Map() };
}

const RENEW_BEFORE_MS = 60_000;
const TokenAnswer = z.object({ access_token: z.string().min(1), expires_in: z.coerce.number().positive() });
const TokenRefusal = z.object({ error: z.string(), error_description: z.string().optional() });

/** Tokens for one grant: cached until a minute before they expire, fetched once however many callers wait. */
export function createTokenSource(
  cache: TokenCache,
  grant: ClientCredentialsGrant,
  { http, now }: { readonly http: HttpOptions; readonly now: () => number },
): TokenSource {
  const key = createHash("sha256")
    .update(JSON.stringify([grant.tokenUrl, grant.scope, grant.clientId, grant.clientSecret]))
    .digest("base64");

  async function fetchToken(): Promise<CachedToken> {
    const url = new URL(grant.tokenUrl);
    const send = createHttpClient(url.origin, http);
    const body = new URLSearchParams({
      grant_type: "client_credentials",
      client_id: grant.clientId,
      client_secret: grant.clientSecret,
      scope: grant.scope,
    });
    const answer = await send({ method: "POST", path: url.pathname + url.search, body, readOnly: true, kind: "token" });
    if (answer.status !== 200) throw refusalOf(grant, answer, now());
    const parsed = TokenAnswer.safeParse(jsonOf(answer.text));
    if (!parsed.success) throw new ConnectorError("bad_response", `${grant.issuer} did not answer with a token.`);
    const lifetimeMs = parsed.data.expires_in * 1000;
    const renewAt = now() + lifetimeMs - Math.min(RENEW_BEFORE_MS, lifetimeMs / 2);
    return { value: parsed.data.access_token, renewAt };
  }

  async function fetchAndKeep(): Promise<CachedToken> {
    try {
      const token = await fetchToken();
      forgetExpired(cache, now());
      cache.tokens.set(key, token);
      return token;
    } finally {
      cache.requests.delete(key);
    }
  }

  return {
    async get() {
      const held = cache.tokens.get(key);
      if (held && held.renewAt > now()) return held.value;
      const request = cache.requests.get(key) ?? fetchAndKeep();
      cache.requests.set(key, request);
      return (await request).value;
    },
    drop(token) {
      if (cache.tokens.get(key)?.value === token) cache.tokens.delete(key);
    },
  };
}

function refusalOf(grant: ClientCredentialsGrant, answer: HttpResponse, now: number): ConnectorError {
  const { status } = answer;
  const refusal = TokenRefusal.safeParse(jsonOf(answer.text));
  const details = { status, retryAfterMs: retryAfterMs(answer.headers, now) };
  if (status === 429) {
    return new ConnectorError("rate_limited", `${grant.issuer} asks to wait before the next token.`, details);
  }
  if (status >= 500 || (refusal.success && refusal.data.error === "temporarily_unavailable")) {
    return new ConnectorError("unavailable", `${grant.issuer} is not available (status ${status}).`, details);
  }
  const { error, error_description } = refusal.data ?? {};
  const reason = error_description ?? error ?? `the token address answers with status ${status}`;
  return new ConnectorError("auth_expired", `${grant.issuer} refuses the credentials: ${told(reason, grant)}`, details);
}

/** The issuer's first line, without the trace ids that follow it. */
function told(reason: string, { clientSecret }: ClientCredentialsGrant): string {
  const line = reason.split(/\r?\n| Trace ID:/)[0] ?? "";
  return line.replaceAll(clientSecret, "…").slice(0, 300);
}

function forgetExpired(cache: TokenCache, now: number): void {
  for (const [key, token] of cache.tokens) {
    if (token.renewAt <= now) cache.tokens.delete(key);
  }
}
