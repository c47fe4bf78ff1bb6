import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { findBudget } from "../../../server/db/queries/call-budget.ts";
import { ConnectorError } from "../../../server/domain/connector-error.ts";
import type { CallKind, CallLane, LimitsTold } from "../../../server/integrations/call-gate.ts";
import { createCallGates } from "../../../server/usecases/calls/create-call-gates.ts";
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

/** A new piece of work that asks for one call. Answers the wait in ms, or null when the call was granted. */
async function ask(lane: CallLane, kind: CallKind = "call"): Promise<number | null> {
  return await waitOf(await work(lane), kind);
}

async function work(lane: CallLane) {
  return rig.deps.callGate(await rig.connection(connectionId), lane);
}

async function waitOf(gate: Awaited<ReturnType<typeof work>>, kind: CallKind = "call"): Promise<number | null> {
  try {
    await gate.before({ kind, writesBlindly: false });
    return null;
  } catch (error) {
    if (!(error instanceof ConnectorError) || error.code !== "rate_limited") throw error;
    return error.retryAfterMs ?? 0;
  }
}

async function askTimes(times: number, lane: CallLane, kind?: CallKind): Promise<number> {
  const answers = await Promise.all(Array.from({ length: times }, () => ask(lane, kind)));
  return answers.filter((wait) => wait === null).length;
}

async function answer(status: number | null, limits: LimitsTold = {}, lane: CallLane = "end"): Promise<void> {
  const gate = await work(lane);
  await gate.before({ kind: "call", writesBlindly: false });
  await gate.after("call", status === null ? null : { status, limits });
}

/** Most of `moments` in any window of this length. */
function mostInWindow(moments: readonly number[], windowMs: number): number {
  return Math.max(0, ...moments.map((from) => moments.filter((at) => at >= from && at < from + windowMs).length));
}

describe("the calls of an account", () => {
  it.each([
    ["call", 100, WINDOW_MS, 970],
    ["search", 5, 1_000, 97],
  ] as const)(
    "stay within the limit (%s), and at least nine tenths of it is used while work waits",
    async (kind, max, windowMs, stepMs) => {
      const granted: number[] = [];
      const windows = 5;
      const begun = rig.deps.now().getTime();
      while (rig.deps.now().getTime() < begun + windows * windowMs) {
        const at = rig.deps.now().getTime();
        const count = await askTimes(kind === "call" ? 14 : 2, "end", kind);
        for (let call = 0; call < count; call += 1) granted.push(at);
        rig.advance(stepMs);
      }
      expect(mostInWindow(granted, windowMs)).toBeLessThanOrEqual(max);
      expect(granted.length / (windows * max)).toBeGreaterThanOrEqual(0.9);
    },
  );

  it("are refused with the moment from which one is free, each with a place of its own", async () => {
    expect(await askTimes(95, "end")).toBe(95);
    const waits = [await ask("end"), await ask("end"), await ask("end")];
    expect(waits).toEqual([...new Set(waits)].toSorted((a, b) => (a ?? 0) - (b ?? 0)));
    rig.advance(waits[0] ?? 0);
    expect(await ask("end")).toBeNull();
  });
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
  it("gets no fourth one from any process until one of them is over", async () => {
    connectionId = await rig.connect("bigcommerce");
    const writers = await Promise.all(Array.from({ length: 5 }, () => work("end")));
    const waits = await Promise.all(writers.map((writer) => waitOf(writer, "write")));
    expect(waits.filter((wait) => wait === null)).toHaveLength(3);
    expect(await ask("end", "call")).toBeNull();
    await writers[waits.indexOf(null)]?.after("write", { status: 200, limits: {} });
    expect([await ask("end", "write"), await ask("end", "write")]).toEqual([null, expect.any(Number)]);
  });

  it("is not kept waiting by a process that died", async () => {
    connectionId = await rig.connect("bigcommerce");
    expect(await askTimes(5, "end", "write")).toBe(3);
    rig.advance(21_000);
    expect(await askTimes(5, "end", "write")).toBe(3);
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
    await begun.before({ kind: "call", writesBlindly: false });
    await answer(429, { pauseMs: 30_000 });
    expect(await waitOf(begun)).toBeGreaterThanOrEqual(30_000);
    rig.advance(29_999);
    expect(await Promise.all([ask("agent"), ask("end"), ask("end", "search"), ask("backfill")])).not.toContain(null);
    rig.advance(2);
    expect(await ask("agent")).toBeNull();
  });
});

describe("work that has read a record before the CRM asks to wait", () => {
  const READ = { kind: "call", writesBlindly: false } as const;
  const BLIND = { kind: "call", writesBlindly: true } as const;

  /** Has read, and waits by moving the clock. */
  async function hasRead() {
    const { db, connectors, publish, newId: mintId, now } = rig.deps;
    const wait = async (ms: number) => rig.advance(Math.ceil(ms));
    const gates = createCallGates({ db, connectors, publish, newId: mintId, now: () => now().getTime(), wait });
    const gate = gates(await rig.connection(connectionId), "end");
    await gate.before(READ);
    await gate.after("call", { status: 200, limits: {} });
    return gate;
  }

  it("goes on reading after the wait", async () => {
    const gate = await hasRead();
    await gate.before(READ);
    await gate.after("call", { status: 429, limits: { pauseMs: 20_000 } });
    expect(await gate.repeats(READ)).toBe(true);
  });

  it("writes on what it read after a moment's wait, never after a long one", async () => {
    const gate = await hasRead();
    await gate.before(BLIND);
    await gate.after("call", { status: 429, limits: { pauseMs: 1_000 } });
    expect(await gate.repeats(BLIND)).toBe(true);
    await gate.after("call", { status: 429, limits: { pauseMs: 20_000 } });
    expect(await gate.repeats(BLIND)).toBe(false);
  });

  it("reads again before it writes where it waited in between", async () => {
    const gate = await hasRead();
    await gate.before(READ);
    await gate.after("call", { status: 429, limits: { pauseMs: 20_000 } });
    await gate.repeats(READ);
    await gate.after("call", { status: 200, limits: {} });
    await expect(gate.before(BLIND)).rejects.toMatchObject({ code: "rate_limited", retryAfterMs: 1 });
  });
});

describe("a CRM that does not answer", () => {
  async function breakDown(): Promise<void> {
    for (let failures = 0; failures < 5; failures += 1) await answer(failures % 2 === 0 ? null : 503);
  }

  it("is left alone after five failures in a row, then asked by one, and by all once that one was answered", async () => {
    await breakDown();
    expect(await ask("end")).toBeGreaterThanOrEqual(20_000);
    rig.advance(20_001);
    const probe = await work("end");
    expect(await waitOf(probe)).toBeNull();
    expect(await Promise.all([ask("end"), ask("agent"), ask("backfill")])).not.toContain(null);
    await probe.after("call", { status: 200, limits: {} });
    expect(await Promise.all([ask("end"), ask("backfill")])).toEqual([null, null]);
    expect(await findBudget(rig.deps.db, connectionId)).toMatchObject({ failures: 0, openUntil: null, openings: 0 });
  });

  it("is asked less and less often, up to every two minutes", async () => {
    await breakDown();
    const pauses: number[] = [];
    for (let openings = 0; openings < 6; openings += 1) {
      const until = (await findBudget(rig.deps.db, connectionId))?.openUntil?.getTime() ?? 0;
      pauses.push(until - rig.deps.now().getTime());
      rig.advance((pauses.at(-1) ?? 0) + 1);
      await answer(null);
    }
    expect(pauses).toEqual([20_000, 40_000, 80_000, 120_000, 120_000, 120_000]);
  });

  it("is asked at once by a person's click", async () => {
    await breakDown();
    expect(await ask("end")).toBeGreaterThan(0);
    await answer(200, {}, "agent");
    expect(await ask("end")).toBeNull();
  });

  it("counts as answering when single calls fail in between", async () => {
    for (let calls = 0; calls < 20; calls += 1) await answer(calls % 4 === 0 ? 200 : 503);
    expect(await ask("end")).toBeNull();
  });
});
