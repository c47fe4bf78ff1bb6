import { expect, test } from "vitest";
import { createTokenBuckets } from "../../server/limits/token-buckets.ts";

test("a burst is let through, then one more for every refill, and each key counts for itself", () => {
  let now = 0;
  const buckets = createTokenBuckets({ burst: 3, refillMs: 100 }, () => now);
  const take = (key: string) => buckets.take(key);
  expect([take("a"), take("a"), take("a"), take("a")]).toEqual([0, 0, 0, 100]);
  expect(take("b")).toBe(0);
  now = 40;
  expect(take("a")).toBe(60);
  now = 100;
  expect([take("a"), take("a")]).toEqual([0, 100]);
  now = 100_000;
  expect([take("a"), take("a"), take("a"), take("a")]).toEqual([0, 0, 0, 100]);
});

test("what is given back can be taken again, and never adds up to more than the burst", () => {
  const buckets = createTokenBuckets({ burst: 1, refillMs: 100 }, () => 0);
  expect(buckets.take("a")).toBe(0);
  buckets.giveBack("a");
  buckets.giveBack("a");
  expect([buckets.take("a"), buckets.take("a")]).toEqual([0, 100]);
});

test("a key is still limited after many others came and went", () => {
  let now = 0;
  const buckets = createTokenBuckets({ burst: 1, refillMs: 1_000_000 }, () => now);
  expect(buckets.take("busy")).toBe(0);
  for (let i = 0; i < 25_000; i += 1) {
    now += 1;
    buckets.take(`passing ${i}`);
  }
  expect(buckets.take("busy")).toBeGreaterThan(0);
});
