import type { MiddlewareHandler } from "hono";

export interface RateLimit {
  /** Requests per `intervalMs`; 100 per 10 s on paid plans, 25 in a sandbox. */
  readonly burst: number;
  readonly intervalMs: number;
  readonly daily: number;
}

export const PAID_PLAN: RateLimit = { burst: 100, intervalMs: 10_000, daily: 200_000 };
export const SANDBOX: RateLimit = { burst: 25, intervalMs: 10_000, daily: 10_000 };

const DAY_MS = 86_400_000;

/** Counts in fixed windows of the clock and puts the six headers on every answer. */
export function rateLimiter(limit: RateLimit, now: () => number): MiddlewareHandler {
  let window = { start: Number.NEGATIVE_INFINITY, used: 0 };
  let day = { start: Number.NEGATIVE_INFINITY, used: 0 };

  return async (c, next) => {
    const at = now();
    if (at - window.start >= limit.intervalMs) window = { start: at, used: 0 };
    if (at - day.start >= DAY_MS) day = { start: at, used: 0 };
    const allowed = window.used < limit.burst && day.used < limit.daily;
    if (allowed) {
      window.used += 1;
      day.used += 1;
      await next();
    } else {
      c.res = c.json({ statusCode: 429, message: "Too Many Requests" }, 429);
    }
    c.res.headers.set("x-ratelimit-max", String(limit.burst));
    c.res.headers.set("x-ratelimit-remaining", String(limit.burst - window.used));
    c.res.headers.set("x-ratelimit-interval-milliseconds", String(limit.intervalMs));
    c.res.headers.set("x-ratelimit-limit-daily", String(limit.daily));
    c.res.headers.set("x-ratelimit-daily-remaining", String(limit.daily - day.used));
    c.res.headers.set("x-ratelimit-daily-reset", String(day.start + DAY_MS - at));
  };
}
