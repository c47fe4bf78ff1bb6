import { randomUUID } from "node:crypto";
import type { Context, Hono, MiddlewareHandler } from "hono";
import type { OAuthServer } from "../kit/oauth-server.ts";
import { ApiFailure } from "./api-failure.ts";
import type { RateLimits } from "./rate-limits.ts";
import type { HubSpotSwitches } from "./state.ts";

interface GuardOptions {
  /** A service key or private app token. */
  readonly token: string;
  readonly oauth: OAuthServer;
  readonly switches: HubSpotSwitches;
  readonly limits: RateLimits;
  readonly save: () => void;
}

/** Token, budget, scope, and HubSpot's headers on what comes back. State is on disk before the answer leaves. */
export function guard({ token, oauth, switches, limits, save }: GuardOptions): MiddlewareHandler {
  return async (c, next) => {
    checkToken(c.req.header("authorization"), { token, oauth, switches });
    checkContentType(c);
    const headers = limits.take(c.req.path.endsWith("/search"));
    checkScope(neededScope(c), switches);
    await next();
    for (const [name, value] of Object.entries(headers)) c.header(name, value);
    if (c.req.method !== "GET") save();
  };
}

/** Every answer names its correlation id, errors also in the body. */
export function answerInHubSpotsWay(app: Hono): void {
  app.onError((error, c) => {
    if (!(error instanceof ApiFailure)) throw error;
    return answer(c, error.status, error.body);
  });
  app.notFound((c) => answer(c, 404, { status: "error", message: "The requested resource does not exist" }));
}

/** JSON as HubSpot sends it. */
export function json(c: Context, status: number, body: unknown, headers: Record<string, string> = {}): Response {
  return new Response(JSON.stringify(body), {
    status,
    headers: {
      "content-type": "application/json;charset=utf-8",
      "x-hubspot-correlation-id": c.req.header("x-hubspot-correlation-id") ?? randomUUID(),
      ...headers,
    },
  });
}

function answer(c: Context, status: number, body: Readonly<Record<string, unknown>>): Response {
  const correlationId = randomUUID();
  return json(c, status, { ...body, correlationId }, { "x-hubspot-correlation-id": correlationId });
}

function checkToken(
  header: string | undefined,
  { token, oauth, switches }: Pick<GuardOptions, "token" | "oauth" | "switches">,
): void {
  const about = header?.startsWith("Bearer ") ? oauth.aboutOf(header.slice("Bearer ".length)) : null;
  if (header !== `Bearer ${token}` && about === null) {
    const message =
      "Authentication credentials not found. This API supports OAuth 2.0 authentication and you can find more details at https://developers.hubspot.com/docs/methods/auth/oauth-overview";
    throw new ApiFailure(401, message, { category: "INVALID_AUTHENTICATION" });
  }
  if (switches.token === "expired" || about === "expired") {
    const message = "The OAuth token used to make this call expired 7 second(s) ago.";
    throw new ApiFailure(401, message, { category: "EXPIRED_AUTHENTICATION" });
  }
}

function checkContentType(c: Context): void {
  if (c.req.method === "GET" || c.req.method === "DELETE") return;
  const type = c.req.header("content-type") ?? "";
  if (!/^application\/json(;\s?charset=utf-8)?$/i.test(type))
    throw new ApiFailure(415, `Unsupported media type: ${type}`);
}

/** One of these is enough. Notes need the contacts scopes; account details need none in particular. */
function neededScope(c: Context): readonly string[] {
  const { method } = c.req;
  const path = c.req.path;
  if (path.includes("/properties/")) {
    return method === "GET"
      ? ["crm.objects.contacts.read", "crm.schemas.contacts.read"]
      : ["crm.schemas.contacts.write"];
  }
  if (path.includes("visitor-identification")) return ["conversations.visitor_identification.tokens.create"];
  if (!path.startsWith("/crm/")) return [];
  const reads = method === "GET" || path.endsWith("/search") || path.endsWith("/batch/read");
  return [reads ? "crm.objects.contacts.read" : "crm.objects.contacts.write"];
}

function checkScope(needed: readonly string[], switches: HubSpotSwitches): void {
  if (needed.length === 0 || needed.some((scope) => switches.scopes.includes(scope))) return;
  const message = "This app hasn't been granted all required scopes to make this call.";
  throw new ApiFailure(403, message, {
    category: "MISSING_SCOPES",
    errors: [
      { message: "One or more of the following scopes are required.", context: { requiredGranularScopes: needed } },
    ],
  });
}
