import type { ApiScope } from "@rolodesk/shared/vocabulary";
import type { z } from "zod";

/** What the document says of one route, and what decides whether an API key may use it. */
export interface RouteDescription {
  /** In an imperative, without a full stop: "List the users". */
  readonly summary: string;
  readonly details?: string;
  /** `open`: nobody needs to be signed in. `session`: people only, no API key. Else the scope a key needs. */
  readonly access: "open" | "session" | ApiScope;
  readonly adminOnly?: boolean;
  readonly query?: z.ZodObject;
  readonly body?: z.ZodType;
  /** The body is a file of one of these types; `example` is a CSV file. */
  readonly upload?: { readonly types: readonly string[]; readonly example: string };
  /** Status of a good answer → its body; null for none. */
  readonly answers: Readonly<Record<number, z.ZodType | null>>;
  /** The answer is a CSV file such as this; `answers` has its status with null. */
  readonly csv?: string;
  /** Refusals beyond those that follow from the rest: see `errorsOf`. */
  readonly errors?: readonly (401 | 404 | 409)[];
}

/** `POST /api/conversations/:id/end` → its description. */
export type DescribedRoutes = Readonly<Record<string, RouteDescription>>;

/** Every POST of somebody who is known. */
export function takesIdempotencyKey(route: string, access: RouteDescription["access"]): boolean {
  return route.startsWith("POST ") && access !== "open";
}

/** The statuses with which a route may refuse. */
export function errorsOf(route: string, { access, query, body, upload, errors = [] }: RouteDescription): number[] {
  const statuses = new Set<number>([...errors, 429, 500, 503]);
  if (query || body || upload) statuses.add(400);
  if (body || upload) statuses.add(413);
  if (access !== "open") statuses.add(401).add(403);
  if (!route.startsWith("GET ")) statuses.add(403);
  if (takesIdempotencyKey(route, access)) statuses.add(400).add(409);
  if (route.includes("/:")) statuses.add(404);
  return [...statuses].toSorted((one, other) => one - other);
}
