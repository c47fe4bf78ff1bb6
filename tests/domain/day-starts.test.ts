import { describe, expect, it } from "vitest";
import { dayStarts } from "../../server/domain/day-starts.ts";

describe("the beginnings of days", () => {
  it.each([
    ["UTC", "2026-11-19", ["2026-11-19T00:00:00.000Z", "2026-11-20T00:00:00.000Z"]],
    ["Australia/Sydney", "2026-11-19", ["2026-11-18T13:00:00.000Z", "2026-11-19T13:00:00.000Z"]],
    ["Asia/Kolkata", "2026-11-19", ["2026-11-18T18:30:00.000Z", "2026-11-19T18:30:00.000Z"]],
    // 23 hours, then 25
    ["Europe/Berlin", "2026-03-29", ["2026-03-28T23:00:00.000Z", "2026-03-29T22:00:00.000Z"]],
    ["Europe/Berlin", "2026-10-25", ["2026-10-24T22:00:00.000Z", "2026-10-25T23:00:00.000Z"]],
    ["America/New_York", "2026-11-01", ["2026-11-01T04:00:00.000Z", "2026-11-02T05:00:00.000Z"]],
  ])("in %s on %s", (timeZone, day, starts) => {
    expect(dayStarts(day, day, timeZone).map(({ at }) => at.toISOString())).toEqual(starts);
  });
});
