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

export type Scope =
  | "contacts.readonly"
  | "contacts.write"
  | "locations.readonly"
  | "locations/customFields.readonly"
  | "locations/tags.readonly"
  | "users.readonly";

const VERSIONS = ["2021-04-15", "2021-07-28", "2023-02-21"];
const OTHER_VERSIONS = ["v3", "legacy"];

export function requireVersion(version: string | undefined): void {
  if (version === undefined || version === "") throw new GhlApiError(401, "version header was not found.");
  if (VERSIONS.includes(version)) return;
  if (OTHER_VERSIONS.includes(version)) throw new GhlApiError(501, `This simulator does not speak ${version}.`);
  throw new GhlApiError(400, `Invalid API version segment '${version}' at position 0`);
}

/** The token of the request, or the 401 that HighLevel gives. */
export function bearerOf(c: Context, tokens: ReadonlyMap<string, GhlToken>): GhlToken {
  const [, text] = /^Bearer (.+)$/.exec(c.req.header("authorization") ?? "") ?? [];
  const token = text === undefined ? undefined : tokens.get(text);
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
