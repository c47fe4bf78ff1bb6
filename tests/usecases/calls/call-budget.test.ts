import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { begin, callsTo, granted, type UnderWay, waitOf } from "../../support/gated-calls.ts";
import { seeded } from "../../support/seeded.ts";
import { createSyncRig, type SyncRig } from "../../support/sync-rig.ts";

const WINDOW_MS = 10_000;

let rig: SyncRig;
let connectionId: string;
beforeEach(async () => {
  rig = await createSyncRig();
  connectionId = await rig.connect("hubspot");
  rig.advance(WINDOW_MS * 2);
});
afterEach(() => rig.close());

const { work, ask, askTimes, answer } = callsTo(
  () => rig,
  () => connectionId,
);

/** Most of `moments` in any window of this length. */
function mostInWindow(moments: readonly number[], windowMs: number): number {
  return Math.max(0, ...moments.map((from) => moments.filter((at) => at >= from && at < from + windowMs).length));
}

/** When, between its grant and its answer, a call reaches the CRM. */
const ARRIVALS: Readonly<Record<string, (call: { from: number; to: number }, random: () => number) => number>> = {
  "at any moment": ({ from, to }, random) => from + Math.floor(random() * (to - from + 1)),
  "late, and the next early": ({ from, to }, random) => (random() < 0.5 ? from : to),
  "at once": ({ from }) => from,
  "at the last moment": ({ to }) => to,
};

const LIMITS = [
  { kind: "call", max: 100, windowMs: WINDOW_MS, windows: 3, stepMs: 97, atOnce: 4, slowestMs: 400 },
  { kind: "search", max: 5, windowMs: 1_000, windows: 8, stepMs: 13, atOnce: 2, slowestMs: 90 },
] as const;

describe("the calls of an account", () => {
  it.each(LIMITS.flatMap((limit) => Object.keys(ARRIVALS).map((arrival) => ({ ...limit, arrival }))))(
    "stay within the limit ($kind) in any window, wherever before its answer each one arrives ($arrival), and at least nine tenths of it is used while work waits",
    async ({ kind, max, windowMs, windows, stepMs, atOnce, slowestMs, arrival }) => {
      const random = seeded(max);
      const now = () => rig.deps.now().getTime();
      const [began, arrived] = [now(), [] as number[]];
      let underWay: { readonly call: UnderWay; readonly from: number; readonly to: number }[] = [];
      while (now() < began + windows * windowMs) {
        const over = underWay.filter(({ to }) => to <= now());
        underWay = underWay.filter(({ to }) => to > now());
        for (const { call, from, to } of over) {
          await call.answer(200);
          arrived.push(ARRIVALS[arrival]?.({ from, to }, random) ?? from);
        }
        for (let asked = 0; asked < atOnce; asked += 1) {
          const call = await begin(await work(asked % 2 === 0 ? "end" : "agent"), kind);
          if (typeof call === "number") continue;
          underWay.push({ call, from: now(), to: now() + Math.ceil(random() * slowestMs) });
        }
        rig.advance(stepMs);
      }
      expect(mostInWindow(arrived, windowMs)).toBeLessThanOrEqual(max);
      expect((arrived.length + underWay.length) / (windows * max)).toBeGreaterThanOrEqual(0.9);
    },
  );

  it("count until a window after their answer, however late that came", async () => {
    const slow = granted(await begin(await work("agent"), "search"));
    expect(await askTimes(4, "agent", "search")).toBe(4);
    rig.advance(1_001);
    expect(await askTimes(5, "agent", "search")).toBe(4);
    rig.advance(500);
    await slow.answer(200);
    rig.advance(501);
    expect(await askTimes(5, "agent", "search")).toBe(4);
    rig.advance(500);
    expect(await ask("agent", "search")).toBeNull();
  });

  it("of a process that died count until they must be over", async () => {
    for (let call = 0; call < 5; call += 1) await begin(await work("agent"), "search");
    rig.advance(20_500);
    expect(await ask("agent", "search")).toBeGreaterThan(0);
    rig.advance(1_000);
    expect(await ask("agent", "search")).toBeNull();
  });

  it("are refused with the moment from which one is free, each with a place of its own", async () => {
    expect(await askTimes(95, "end")).toBe(95);
    const waits = [await ask("end"), await ask("end"), await ask("end")];
    expect(waits).toEqual([...new Set(waits)].toSorted((a, b) => (a ?? 0) - (b ?? 0)));
    rig.advance(waits[0] ?? 0);
    expect(await ask("end")).toBeNull();
  });
});

it("postponed searches are asked back as fast as searches are allowed, however many calls work takes of late", async () => {
  for (let works = 0; works < 10; works += 1) {
    const gate = await work("end");
    for (let calls = 0; calls < 4; calls += 1) expect(await waitOf(gate)).toBeNull();
  }
  expect(await askTimes(5, "end", "search")).toBe(5);
  const waits = [await ask("end", "search"), await ask("end", "search"), await ask("end", "search")];
  const gaps = waits.slice(1).map((wait, at) => (wait ?? 0) - (waits[at] ?? 0));
  expect(gaps).toEqual([200, 200]);
});

describe("of three lanes", () => {
  it("what a person clicked and what has begun goes on when the ends of conversations have to wait", async () => {
    const begun = await work("end");
    expect(await waitOf(begun)).toBeNull();
    expect(await askTimes(200, "end")).toBe(94);
    expect(await ask("agent")).toBeNull();
    expect(await waitOf(begun)).toBeNull();
    expect(await ask("end")).toBeGreaterThan(0);
  });

  it("imports take at most half, whatever else is free", async () => {
    expect(await askTimes(80, "backfill")).toBe(50);
    expect(await askTimes(80, "end")).toBe(45);
    expect(await ask("backfill")).toBeGreaterThan(0);
  });

  it("imports leave half of a day's calls to the others", async () => {
    await answer(200, { daily: { limit: 1000, remaining: 499, resetsInMs: 60_000 } });
    expect(await ask("backfill")).toBeGreaterThanOrEqual(60_000);
    expect(await ask("end")).toBeNull();
    await answer(200, { daily: { limit: 1000, remaining: 0, resetsInMs: 60_000 } });
    expect(await ask("agent")).toBe(60_000);
    rig.advance(60_001);
    expect(await ask("end")).toBeNull();
  });
});

describe("a CRM that takes three writes at once", () => {
  beforeEach(async () => {
    connectionId = await rig.connect("bigcommerce");
  });

  async function beginFive(): Promise<UnderWay[]> {
    const begun: UnderWay[] = [];
    for (let write = 0; write < 5; write += 1) {
      const call = await begin(await work("end"), "write");
      if (typeof call !== "number") begun.push(call);
    }
    return begun;
  }

  it("gets no fourth one from any process until one of them is over", async () => {
    const [first, ...others] = await beginFive();
    expect(others).toHaveLength(2);
    expect(await ask("end", "call")).toBeNull();
    await first?.answer(200);
    expect([typeof (await begin(await work("end"), "write")), await ask("end", "write")]).toEqual([
      "object",
      expect.any(Number),
    ]);
  });

  it("is not kept waiting by a process that died", async () => {
    expect(await beginFive()).toHaveLength(3);
    rig.advance(21_000);
    expect(await beginFive()).toHaveLength(3);
  });
});

describe("what answers tell", () => {
  it("an account with a higher limit may use it, one with a lower is held to it", async () => {
    await answer(200, { window: { max: 190, windowMs: WINDOW_MS, used: 1 } });
    expect(await askTimes(200, "agent")).toBe(189);
    rig.advance(WINDOW_MS * 2);
    await answer(200, { window: { max: 25, windowMs: WINDOW_MS, used: 1 } });
    expect(await askTimes(100, "agent")).toBe(24);
  });

  it("calls of other programs count", async () => {
    await answer(200, { window: { max: 100, windowMs: WINDOW_MS, used: 61 } });
    expect(await askTimes(100, "agent")).toBe(39);
  });

  it("no call is made while the CRM asks to wait, also not by what has begun", async () => {
    const begun = await work("end");
    expect(await waitOf(begun)).toBeNull();
    await answer(429, { pauseMs: 30_000 });
    expect(await waitOf(begun)).toBeGreaterThanOrEqual(30_000);
    rig.advance(29_999);
    expect(await Promise.all([ask("agent"), ask("end"), ask("end", "search"), ask("backfill")])).not.toContain(null);
    rig.advance(2);
    expect(await ask("agent")).toBeNull();
  });
});
