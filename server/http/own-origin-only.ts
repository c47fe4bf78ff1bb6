import type { MiddlewareHandler } from "hono";
import { DomainError } from "../domain/domain-error.ts";
import { ownOrigins } from "../own-origins.ts";
import type { AppEnv } from "./doors.ts";

const READS = new Set(["GET", "HEAD", "OPTIONS"]);

/** Requests that change something come from our own pages, where a browser says where they come from. */
export function ownOriginOnly(publicUrl: string): MiddlewareHandler<AppEnv> {
  const own = ownOrigins(publicUrl);
  return async (c, next) => {
    const origin = c.req.header("origin");
    if (!READS.has(c.req.method) && origin !== undefined && !own.has(origin)) {
      throw new DomainError(
        "forbidden",
        "This request came from another address. If it is this server's own, set PUBLIC_URL to it.",
      );
    }
    await next();
  };
}
