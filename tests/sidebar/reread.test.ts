import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { createReread, isNews, newest } from "../../sidebar/src/reread.ts";

describe("versions", () => {
  const shown = { id: "a", version: 3 };
  test.each([
    ["newer", { id: "a", version: 4 }, true],
    ["the same", { id: "a", version: 3 }, false],
    ["older", { id: "a", version: 2 }, false],
    ["of something else", { id: "b", version: 1 }, true],
  ])("a push that is %s", (_, change, expected) => {
    expect(isNews(shown, change)).toBe(expected);
  });

  test("anything is news while nothing is shown", () => {
    expect(isNews(null, { id: "a", version: 0 })).toBe(true);
  });

  test("an overtaken answer is dropped, an equal one is taken", () => {
    expect(newest(shown, { id: "a", version: 2 })).toBe(shown);
    const equal = { id: "a", version: 3 };
    expect(newest(shown, equal)).toBe(equal);
  });
});

describe("reading again", () => {
  beforeEach(() => {
    vi.useFakeTimers();
  });
  afterEach(() => {
    vi.useRealTimers();
  });

  test("many pushes at once are one reading", async () => {
    let readings = 0;
    const reread = createReread(async () => {
      readings += 1;
    }, 100);
    for (let push = 0; push < 10; push += 1) reread.ask();
    await vi.runAllTimersAsync();
    expect(readings).toBe(1);
  });

  test("a push during a reading makes exactly one more", async () => {
    let readings = 0;
    let release = (): void => {};
    const reread = createReread(() => {
      readings += 1;
      return new Promise<void>((resolve) => {
        release = resolve;
      });
    }, 100);
    reread.ask();
    await vi.advanceTimersByTimeAsync(100);
    reread.ask();
    reread.ask();
    release();
    await vi.advanceTimersByTimeAsync(100);
    release();
    await vi.runAllTimersAsync();
    expect(readings).toBe(2);
  });

  test("nothing is read after it was stopped", async () => {
    let readings = 0;
    const reread = createReread(async () => {
      readings += 1;
    }, 100);
    reread.ask();
    reread.stop();
    reread.ask();
    await vi.runAllTimersAsync();
    expect(readings).toBe(0);
  });
});
