/** `burst` at once, then one more every `refillMs`. */
export interface BucketRule {
  readonly burst: number;
  readonly refillMs: number;
}

export interface TokenBuckets {
  /** Takes one token of this key. Answers 0, or how many ms to wait until there is one. */
  take(key: string): number;
  /** Returns a token: what it was taken for turned out not to count. */
  giveBack(key: string): void;
}

interface Bucket {
  tokens: number;
  at: number;
}

const PRUNE_EVERY = 10_000;

/**
 * Rate limits of this process, by key. What is full again is forgotten, so memory follows the busy keys only. `nowMs` never
 * runs backwards, whatever happens to the server's clock.
 */
export function createTokenBuckets(
  { burst, refillMs }: BucketRule,
  nowMs: () => number = () => performance.now(),
): TokenBuckets {
  const buckets = new Map<string, Bucket>();
  let takes = 0;

  /** The key's bucket as it is now; tokens taken from it are taken. */
  function filled(key: string): Bucket {
    const now = nowMs();
    const bucket = buckets.get(key);
    if (!bucket) {
      const full = { tokens: burst, at: now };
      buckets.set(key, full);
      return full;
    }
    bucket.tokens = Math.min(burst, bucket.tokens + (now - bucket.at) / refillMs);
    bucket.at = now;
    return bucket;
  }

  function prune(): void {
    for (const key of buckets.keys()) if (filled(key).tokens >= burst) buckets.delete(key);
  }

  return {
    take(key) {
      takes += 1;
      if (takes % PRUNE_EVERY === 0) prune();
      const bucket = filled(key);
      if (bucket.tokens < 1) return Math.ceil((1 - bucket.tokens) * refillMs);
      bucket.tokens -= 1;
      return 0;
    },
    giveBack(key) {
      const bucket = filled(key);
      bucket.tokens = Math.min(burst, bucket.tokens + 1);
    },
  };
}
