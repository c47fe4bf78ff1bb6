import { DomainError } from "../domain/domain-error.ts";
import type { TokenBuckets } from "./token-buckets.ts";

/** Too many requests; doors tell the sender how long to wait. */
export class RateLimited extends DomainError {
  readonly retryAfterS: number;

  constructor(what: string, waitMs: number) {
    const retryAfterS = Math.ceil(waitMs / 1000);
    super("rate_limited", `${what} Try again in ${retryAfterS} ${retryAfterS === 1 ? "second" : "seconds"}.`);
    this.name = "RateLimited";
    this.retryAfterS = retryAfterS;
  }
}

/** Takes a token or throws `RateLimited`. `what` says to people what there was too much of. */
export function takeToken(buckets: TokenBuckets, key: string, what: string): void {
  const waitMs = buckets.take(key);
  if (waitMs > 0) throw new RateLimited(what, waitMs);
}
