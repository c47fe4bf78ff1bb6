import type { MiddlewareHandler } from "hono";
import { BigCommerceApiError } from "./api-error.ts";

export interface RateLimit {
  /** Requests of all apps together per window. */
  readonly quota: number;
  readonly windowMs: number;
}

export const STANDARD_PLAN: RateLimit = { quota: 150, windowMs: 30_000 };

/** Counts in windows that begin with the first request, and puts the four headers on every answer. */
export function rateLimiter({ quota, windowMs }: RateLimit, now: () => number): MiddlewareHandler {
  let window = { start: Number.NEGATIVE_INFINITY, used: 0 };

  return async (c, next) => {
    const at = now();
    if (at - window.start >= windowMs) window = { start: at, used: 0 };
    const allowed = window.used < quota;
    if (allowed) {
      window.used += 1;
      await next();
    } else {
      c.res = c.json(new BigCommerceApiError(429, "Too many requests").body(), 429);
      c.res.headers.set("X-Retry-After", String(Math.ceil((window.start + windowMs - at) / 1000)));
    }
    c.res.headers.set("X-Rate-Limit-Time-Window-Ms", String(windowMs));
    c.res.headers.set("X-Rate-Limit-Time-Reset-Ms", String(window.start + windowMs - at));
    c.res.headers.set("X-Rate-Limit-Requests-Quota", String(quota));
    c.res.headers.set("X-Rate-Limit-Requests-Left", String(quota - window.used));
  };
}

/** Refuses a write that comes while `most` others to the same address are under way. */
export function concurrencyLimiter(most: number): MiddlewareHandler {
  const underWay = new Map<string, number>();

  return async (c, next) => {
    if (c.req.method !== "PUT") return await next();
    const { path } = c.req;
    const others = underWay.get(path) ?? 0;
    if (others >= most) throw new BigCommerceApiError(429, "Too many concurrent requests");
    underWay.set(path, others + 1);
    try {
      await next();
    } finally {
      underWay.set(path, (underWay.get(path) ?? 1) - 1);
    }
  };
}
