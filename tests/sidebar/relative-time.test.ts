import { describe, expect, test } from "vitest";
import { relativeTime, secondsUntil } from "../../sidebar/src/relative-time.ts";

const NOW = Date.parse("2026-03-02T12:00:00.000Z");
const SECOND = 1000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

describe("relative time", () => {
  test.each([
    [0, "just now", "now"],
    [-5 * SECOND, "just now", "now"],
    [59 * SECOND, "just now", "now"],
    [MINUTE, "1 min ago", "1 min"],
    [59 * MINUTE, "59 min ago", "59 min"],
    [HOUR, "1 h ago", "1 h"],
    [23 * HOUR, "23 h ago", "23 h"],
    [DAY, "yesterday", "1 d"],
    [2 * DAY, "2 days ago", "2 d"],
    [6 * DAY, "6 days ago", "6 d"],
  ])("%i ms past", (past, long, short) => {
    const at = new Date(NOW - past).toISOString();
    expect(relativeTime(at, NOW)).toBe(long);
    expect(relativeTime(at, NOW, "short")).toBe(short);
  });

  test("a week and more is a date, with the year when it is another one", () => {
    expect(relativeTime("2026-01-15T12:00:00.000Z", NOW)).not.toContain("2026");
    expect(relativeTime("2025-01-15T12:00:00.000Z", NOW)).toContain("2025");
  });

  test("a countdown never goes below zero", () => {
    expect(secondsUntil("2026-03-02T12:00:11.200Z", NOW)).toBe(12);
    expect(secondsUntil("2026-03-02T11:00:00.000Z", NOW)).toBe(0);
  });
});
