import { randomUUID } from "node:crypto";
import type { MiddlewareHandler } from "hono";
import type { AppEnv } from "./doors.ts";

/**
 * A request id, and the headers every answer carries, errors included. A route that sets a policy of its own keeps it.
 * Written by hand: the framework's own middlewares for this cost more time than the routes themselves.
 */
export function standardHeaders(publicUrl: string): MiddlewareHandler<AppEnv> {
  const secure = publicUrl.startsWith("https://");
  const policy = contentPolicy({ connect: socketOrigin(publicUrl), frameAncestors: "'none'" });

  return async (c, next) => {
    c.set("requestId", randomUUID());
    await next();
    const { headers } = c.res;
    headers.set("X-Request-Id", c.get("requestId"));
    headers.set("X-Content-Type-Options", "nosniff");
    headers.set("Referrer-Policy", "same-origin");
    if (secure) headers.set("Strict-Transport-Security", "max-age=31536000; includeSubDomains");
    if (!headers.has("Content-Security-Policy")) {
      headers.set("Content-Security-Policy", policy);
      headers.set("X-Frame-Options", "DENY");
    }
    if (!headers.has("Cache-Control")) headers.set("Cache-Control", "no-store");
  };
}

interface PolicyParts {
  /** The origin of our sockets: older Safaris do not count it to `'self'`. */
  readonly connect: string;
  readonly frameAncestors: string;
  /** For the one inline script or style a page may have. */
  readonly nonce?: string;
}

export function contentPolicy({ connect, frameAncestors, nonce }: PolicyParts): string {
  const own = nonce ? `'self' 'nonce-${nonce}'` : "'self'";
  return [
    "default-src 'self'",
    `script-src ${own}`,
    `style-src ${own}`,
    "img-src 'self' data: blob:",
    `connect-src 'self' ${connect}`,
    "object-src 'none'",
    "base-uri 'none'",
    "form-action 'self'",
    `frame-ancestors ${frameAncestors}`,
  ].join("; ");
}

/** `wss://chat.example.com` for `https://chat.example.com`. */
export function socketOrigin(publicUrl: string): string {
  return publicUrl.replace(/^http/, "ws");
}
