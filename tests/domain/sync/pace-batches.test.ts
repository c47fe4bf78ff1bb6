import { describe, expect, it } from "vitest";
import { PACE_WINDOW_MS, paceOf } from "../../../server/domain/sync/pace-batches.ts";

const NOW = 1_000_000;

describe("the pace of pushes where a CRM takes many at once", () => {
  it.each([
    ["a lone one goes at once", { due: 1, began: 0, ago: null }, { kind: "alone" }],
    ["a few go one by one", { due: 4, began: 0, ago: null }, { kind: "alone" }],
    ["several that are due go together", { due: 5, began: 0, ago: null }, { kind: "together" }],
    ["one a second is not busy", { due: 1, began: 4, ago: 0 }, { kind: "alone" }],
    ["busier ones gather for a moment", { due: 1, began: 5, ago: 0 }, { kind: "gather", until: NOW + 1_000 }],
    ["the moment is counted from the last begin", { due: 9, began: 5, ago: 400 }, { kind: "gather", until: NOW + 600 }],
    ["once it is over they go", { due: 9, began: 5, ago: 1_000 }, { kind: "together" }],
    ["nobody waits longer than the window", { due: 9, began: 900, ago: 0 }, { kind: "gather", until: NOW + 5_000 }],
    ["a full batch waits for nobody", { due: 100, began: 900, ago: 0 }, { kind: "together" }],
  ] as const)("%s", (_what, { due, began, ago }, pace) => {
    const lastBeganAt = ago === null ? null : NOW - ago;
    expect(paceOf({ due, began, lastBeganAt, size: 100 }, NOW)).toEqual(pace);
  });

  it.each([1_000, 600, 100])("%d pushes in a minute, evenly, take at most 20 batches", (pushes) => {
    const began: number[] = [];
    let due = 0;
    let batches = 0;
    let heldUntil = 0;
    for (let at = 0; at < 60_000 + PACE_WINDOW_MS; at += 60_000 / pushes) {
      if (at < 60_000) due += 1;
      if (due === 0 || at < heldUntil) continue;
      const recent = began.filter((one) => one > at - PACE_WINDOW_MS);
      const pace = paceOf({ due, began: recent.length, lastBeganAt: recent.at(-1) ?? null, size: 100 }, at);
      if (pace.kind === "gather") {
        heldUntil = pace.until;
        continue;
      }
      batches += pace.kind === "together" ? 1 : 0;
      for (; due > 0; due -= 1) began.push(at);
    }
    expect(began).toHaveLength(pushes);
    expect(batches).toBeLessThanOrEqual(pushes === 100 ? 60 : 20);
  });
});
