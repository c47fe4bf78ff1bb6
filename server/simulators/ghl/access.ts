import type { Context } from "hono";
import { GhlApiError } from "./api-error.ts";

/** `agency`: a private token of the agency, or a company token of an app. */
export interface GhlToken {
  readonly token: string;
  readonly kind: "pit" | "oauth" | "agency";
  readonly locationId: string;
  /** Absent: all of them. */
  readonly scopes?: readonly string[];
  readonly expired?: boolean;
}

type Scope =
  | "contacts.readonly"
  | "contacts.write"
  | "locations.readonly"
  | "locations/customFields.readonly"
  | "locations/tags.readonly"
  | "conversations/message.readonly"
  | "users.readonly";

const VERSIONS = ["2021-04-15", "2021-07-28", "2023-02-21"];
const OTHER_VERSIONS = ["v3", "legacy"];

export function requireVersion(version: string | undefined): void {
  if (version === undefined || version === "") throw new GhlApiError(401, "version header was not found.");
  if (VERSIONS.includes(version)) return;
  if (OTHER_VERSIONS.includes(version)) throw new GhlApiError(501, `This simulator does not speak ${version}.`);
  throw new GhlApiError(400, `Invalid API version segment '${version}' at position 0`);
}

/** The token of the request, or the 401 that HighLevel gives. `tokenOf`: of one that an app was given. */
export function bearerOf(
  c: Context,
  tokens: ReadonlyMap<string, GhlToken>,
  tokenOf: (text: string) => GhlToken | undefined,
): GhlToken {
  const [, text = ""] = /^Bearer (.+)$/.exec(c.req.header("authorization") ?? "") ?? [];
  const token = tokens.get(text) ?? tokenOf(text);
  if (!token) throw new GhlApiError(401, "Invalid JWT");
  if (token.expired) throw new GhlApiError(401, "Invalid token: access token is invalid");
  return token;
}

export function requireScope(token: GhlToken, scope: Scope): void {
  const granted = token.scopes === undefined || token.scopes.includes(scope);
  if (token.kind === "agency" || !granted) {
    throw new GhlApiError(401, "The token is not authorized for this scope.");
  }
}

export function requireLocation(token: GhlToken, locationId: string, own: string): void {
  if (token.locationId !== locationId || locationId !== own) {
    throw new GhlApiError(403, "The token does not have access to this location.");
  }
}

/** What a call needs. */
export function scopeOf(method: string, path: string): Scope {
  if (path.startsWith("/conversations")) return "conversations/message.readonly";
  if (path.startsWith("/users")) return "users.readonly";
  if (path.startsWith("/locations")) {
    if (path.endsWith("/customFields")) return "locations/customFields.readonly";
    return path.endsWith("/tags") ? "locations/tags.readonly" : "locations.readonly";
  }
  return method === "GET" || path === "/contacts/search" ? "contacts.readonly" : "contacts.write";
}

/** The location a request names in its path, query or body; its own where it names none. */
export async function locationIdOf(c: Context, own: string): Promise<string> {
  const [, inPath] = /^\/locations\/([^/]+)/.exec(c.req.path) ?? [];
  const inQuery = c.req.query("locationId");
  if (inPath || inQuery) return inPath ?? inQuery ?? own;
  if (c.req.method === "GET" || c.req.method === "DELETE") return own;
  const body: unknown = await c.req.json();
  const inBody = typeof body === "object" && body !== null && "locationId" in body ? body.locationId : undefined;
  return typeof inBody === "string" ? inBody : own;
}
