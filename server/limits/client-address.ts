import type { IncomingMessage } from "node:http";

/**
 * The address a request came from. Behind `trustProxy` proxies it is the entry the outermost of them added to
 * X-Forwarded-For; whatever a client wrote there itself stands further left and is not read.
 */
export function clientAddress(request: IncomingMessage | undefined, trustProxy: number): string {
  const peer = request?.socket.remoteAddress ?? "unknown";
  if (trustProxy === 0) return peer;
  const forwarded = [request?.headers["x-forwarded-for"] ?? []].flat().join(",");
  return forwarded.split(",").at(-trustProxy)?.trim() || peer;
}
