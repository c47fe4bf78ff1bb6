import { randomUUID } from "node:crypto";
import type { Context, MiddlewareHandler } from "hono";
import { ODataError } from "./odata-error.ts";

const TOKEN_SECONDS = 3599;

interface EntraOptions {
  readonly tenantId: string;
  readonly clientId: string;
  readonly clientSecret: string;
  readonly now: () => number;
}

/** Microsoft Entra's client-credentials grant, and the check of its tokens at the API. */
export interface Entra {
  /** `POST /{tenant}/oauth2/v2.0/token` */
  readonly tokenEndpoint: (c: Context) => Promise<Response>;
  readonly requireToken: MiddlewareHandler;
  /** Every token issued so far stops working, as when the application is disabled for a moment. */
  expireTokens(): void;
  /** The next tokens' lifetime in seconds; 3599 otherwise. */
  setLifetime(seconds: number): void;
  /** As when an admin rotates the secret. Tokens already issued stay good until they expire. */
  setSecret(clientSecret: string): void;
  /** Whether the application still is a user of the environment. */
  setApplicationUser(present: boolean): void;
}

export function createEntra({ tenantId, clientId, clientSecret, now }: EntraOptions): Entra {
  const tokens = new Map<string, { readonly resource: string; readonly expiresAt: number }>();
  let lifetime = TOKEN_SECONDS;
  let secret = clientSecret;
  let hasApplicationUser = true;

  async function tokenEndpoint(c: Context): Promise<Response> {
    const form = new URLSearchParams(await c.req.text());
    const refusal = refuse(c.req.param("tenant"), form);
    if (refusal) return c.json({ ...refusal.body, ...traceOf(now()) }, refusal.status);
    const token = `${randomUUID()}.${randomUUID()}`;
    const resource = (form.get("scope") ?? "").replace(/\/\.default$/, "");
    tokens.set(token, { resource, expiresAt: now() + lifetime * 1000 });
    c.header("cache-control", "no-store");
    return c.json({ token_type: "Bearer", expires_in: lifetime, ext_expires_in: lifetime, access_token: token });
  }

  function refuse(tenant: string | undefined, form: URLSearchParams) {
    if (tenant !== tenantId) {
      const reason = `Tenant '${tenant}' not found. Check to make sure you have the correct tenant ID.`;
      return refusal(400, "invalid_request", 90002, reason);
    }
    if (form.get("grant_type") !== "client_credentials") {
      const reason = "The app requested an unsupported grant type.";
      return refusal(400, "unsupported_grant_type", 70003, reason);
    }
    if (form.get("client_id") !== clientId) {
      const reason = `Application with identifier '${form.get("client_id")}' was not found in the directory.`;
      return refusal(400, "unauthorized_client", 700016, reason);
    }
    if (form.get("client_secret") !== secret) {
      const reason = `Invalid client secret provided. Ensure the secret being sent in the request is the client secret value, not the client secret ID, for a secret added to app '${clientId}'.`;
      return refusal(401, "invalid_client", 7000215, reason);
    }
    if (!/^https?:\/\/[^/]+\/\.default$/.test(form.get("scope") ?? "")) {
      return refusal(400, "invalid_scope", 1002012, `The provided value for scope ${form.get("scope")} is not valid.`);
    }
    return undefined;
  }

  const requireToken: MiddlewareHandler = async (c, next) => {
    const bearer = /^Bearer (.+)$/.exec(c.req.header("authorization") ?? "")?.[1];
    const token = tokens.get(bearer ?? "");
    if (!token || token.expiresAt <= now() || new URL(token.resource).host !== new URL(c.req.url).host) {
      c.header("www-authenticate", `Bearer authorization_uri=https://login.example.test/${tenantId}/oauth2/authorize`);
      return c.body(null, 401);
    }
    if (!hasApplicationUser) throw new ODataError(403, "0x80072560", "The user is not a member of the organization.");
    return next();
  };

  return {
    tokenEndpoint,
    requireToken,
    expireTokens: () => tokens.clear(),
    setLifetime: (seconds) => {
      lifetime = seconds;
    },
    setSecret: (value) => {
      secret = value;
    },
    setApplicationUser: (present) => {
      hasApplicationUser = present;
    },
  };
}

function refusal(status: 400 | 401, error: string, code: number, reason: string) {
  return { status, body: { error, error_description: `AADSTS${code}: ${reason}`, error_codes: [code] } };
}

function traceOf(now: number) {
  return { timestamp: new Date(now).toISOString(), trace_id: randomUUID(), correlation_id: randomUUID() };
}
