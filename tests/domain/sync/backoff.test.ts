import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { backoffMs, MAX_ATTEMPTS } from "../../../server/domain/sync/backoff.ts";

describe("the wait before another attempt", () => {
  it.each([
    [1, 1_000, 2_000],
    [2, 2_000, 4_000],
    [3, 4_000, 8_000],
    [8, 128_000, 256_000],
    [10, 300_000, 600_000],
    [40, 300_000, 600_000],
    [2_000, 300_000, 600_000],
  ])("after attempt %i is between %i and %i ms", (attempt, least, most) => {
    expect(backoffMs(attempt, 0)).toBe(least);
    expect(backoffMs(attempt, 1)).toBe(most);
  });

  it("is a whole number between half a ceiling and the ceiling, and the ceiling never falls", () => {
    const random = fc.double({ min: 0, max: 1, noNaN: true });
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 60 }), random, (attempt, chance) => {
        const wait = backoffMs(attempt, chance);
        expect(Number.isInteger(wait)).toBe(true);
        expect(wait).toBeGreaterThanOrEqual(backoffMs(attempt, 0));
        expect(wait).toBeLessThanOrEqual(backoffMs(attempt, 1));
        expect(backoffMs(attempt + 1, chance)).toBeGreaterThanOrEqual(wait);
      }),
    );
  });

  it("spreads runs that failed together", () => {
    const waits = [0, 0.25, 0.5, 0.75, 1].map((chance) => backoffMs(4, chance));
    expect(new Set(waits).size).toBe(waits.length);
  });

  it("adds up to minutes, not days, before the dead letter", () => {
    const waits = Array.from({ length: MAX_ATTEMPTS - 1 }, (_, index) => backoffMs(index + 1, 1));
    const total = waits.reduce((sum, wait) => sum + wait, 0);
    expect(total).toBeGreaterThan(60_000);
    expect(total).toBeLessThan(15 * 60_000);
  });
});
