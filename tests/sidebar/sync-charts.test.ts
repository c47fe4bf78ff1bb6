import { describe, expect, test } from "vitest";
import { axisOf, dayOf, shownLabels } from "../../sidebar/src/screens/sync-log/chart-data.ts";
import { countsText, durationText, outcomeOf } from "../../sidebar/src/screens/sync-log/log-words.ts";

describe("a chart's axis", () => {
  test.each([
    [0, [0, 1]],
    [1, [0, 1]],
    [3, [0, 1, 2, 3]],
    [7, [0, 2, 4, 6, 8]],
    [42, [0, 20, 40, 60]],
    [1234, [0, 500, 1000, 1500]],
  ])("for values up to %d has round steps that reach it", (largest, ticks) => {
    expect(axisOf(largest)).toEqual(ticks);
  });

  test.each([1, 2, 9, 10, 11, 99, 250, 12_345])("covers %d with at most six whole steps", (largest) => {
    const ticks = axisOf(largest);
    expect(ticks.at(-1)).toBeGreaterThanOrEqual(largest);
    expect(ticks.length).toBeLessThanOrEqual(6);
    expect(ticks.every(Number.isInteger)).toBe(true);
  });

  test("writes the last label, and no two that would touch", () => {
    expect([...shownLabels(30, 580, 58)]).toEqual([2, 5, 8, 11, 14, 17, 20, 23, 26, 29]);
    expect([...shownLabels(3, 600, 58)]).toEqual([0, 1, 2]);
  });

  test("a day is the reader's own", () => {
    expect(dayOf(new Date(2026, 0, 9, 23, 59))).toBe("2026-01-09");
  });
});

describe("the words of the log", () => {
  test.each([
    [{ status: "queued", result: null }, "Waiting to start"],
    [{ status: "waiting", result: null }, "Trying again soon"],
    [{ status: "done", result: "needs_choice" }, "Needs a choice"],
    [{ status: "failed", result: "failed" }, "Failed"],
    [{ status: "done", result: "unchanged" }, "Already up to date"],
    [{ status: "done", result: "unchanged", reason: "This connection creates nobody." }, "Nothing written"],
  ] as const)("%j is called %s", (run, text) => {
    expect(outcomeOf({ reason: null, ...run }).text).toBe(text);
  });

  test("count what was done", () => {
    expect(countsText({ written: 1, conflictsQueued: 2, attempts: 3 })).toBe(
      "1 value written · 2 conflicts queued · 3 attempts",
    );
    expect(countsText({ written: 0, conflictsQueued: 0, attempts: 1 })).toBeNull();
  });

  test.each([
    [12, "12 ms"],
    [4200, "4.2 s"],
    [720_000, "12 min"],
    [10_800_000, "3 h"],
  ])("%d ms is %s", (ms, text) => {
    expect(durationText(ms)).toBe(text);
  });
});
