import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { openDb } from "../../../server/db/client.ts";
import { findBudget } from "../../../server/db/queries/call-budget.ts";
import type { AnswerHeard, CallMeant } from "../../../server/integrations/call-gate.ts";
import { createCallGates } from "../../../server/usecases/calls/create-call-gates.ts";
import { createClockWaits } from "../../support/clock-waits.ts";
import { begin, callsTo, granted } from "../../support/gated-calls.ts";
import { createSyncRig, type SyncRig } from "../../support/sync-rig.ts";

let rig: SyncRig;
let connectionId: string;
beforeEach(async () => {
  rig = await createSyncRig();
  connectionId = await rig.connect("hubspot");
  rig.advance(20_000);
});
afterEach(() => rig.close());

const { work, ask, answer } = callsTo(
  () => rig,
  () => connectionId,
);

const READ = { kind: "call", writesBlindly: false } as const;
const BLIND = { kind: "call", writesBlindly: true } as const;
const GOOD: AnswerHeard = { status: 200, limits: {} };
const askedToWait = (pauseMs: number): AnswerHeard => ({ status: 429, limits: { pauseMs } });

describe("work that has read a record before the CRM asks to wait", () => {
  /** Has read, and waits by moving the clock. Its calls are answered one after the other by what is given. */
  async function hasRead() {
    const { db, connectors, publish, newId: mintId, now } = rig.deps;
    const wait = async (ms: number) => rig.advance(Math.ceil(ms));
    const gates = createCallGates({ db, connectors, publish, newId: mintId, now: () => now().getTime(), wait });
    const gate = gates(await rig.connection(connectionId), "end");
    async function call(meant: CallMeant, ...answers: AnswerHeard[]): Promise<number> {
      const next = async () => answers.shift() ?? GOOD;
      return (await gate.pass(meant, next, (heard) => heard)).status;
    }
    await call(READ);
    return call;
  }

  it("goes on reading after the wait", async () => {
    const call = await hasRead();
    expect(await call(READ, askedToWait(20_000))).toBe(200);
  });

  it("writes on what it read after a moment's wait, never after a long one", async () => {
    const call = await hasRead();
    expect(await call(BLIND, askedToWait(1_000), GOOD)).toBe(200);
    expect(await call(BLIND, askedToWait(20_000), GOOD)).toBe(429);
  });

  it("reads again before it writes where it waited in between", async () => {
    const call = await hasRead();
    await call(READ, askedToWait(20_000), GOOD);
    await expect(call(BLIND)).rejects.toMatchObject({ code: "rate_limited", retryAfterMs: 1 });
  });
});

describe("two processes that are asked to wait by one CRM", () => {
  const WAIT_MS = 20_000;
  const ANSWER_MS = 2_000;
  const EACH = 3;

  it("wait for the same moment, and follow the answer to the one call that then finds out", async () => {
    const other = openDb(rig.databaseUrl);
    const { db, connectors, publish, newId } = rig.deps;
    const clock = { now: Date.now() };
    const waits = createClockWaits(clock);
    const connection = await rig.connection(connectionId);
    const processes = [db, other.db].map((own) => {
      const options = { connectors, publish, newId, now: () => clock.now, wait: waits.wait };
      return createCallGates({ ...options, db: own });
    });
    const works = processes.flatMap((open) => Array.from({ length: EACH }, () => open(connection, "end")));
    for (const one of works)
      await one.pass(
        READ,
        async () => GOOD,
        (heard) => heard,
      );

    const beganAt = clock.now;
    const sent: number[] = [];
    async function send(): Promise<AnswerHeard> {
      const at = clock.now;
      sent.push(at - beganAt);
      if (at < beganAt + WAIT_MS) return askedToWait(WAIT_MS);
      await waits.wait(ANSWER_MS);
      return GOOD;
    }
    await waits.settle(works.map((one) => one.pass(READ, send, (heard) => heard)));
    await other.close();

    const [probe = 0, ...followers] = sent.filter((at) => at > 0);
    expect(probe).toBeGreaterThanOrEqual(WAIT_MS);
    expect(followers).toHaveLength(works.length - 1);
    expect(Math.min(...followers)).toBeGreaterThanOrEqual(probe + ANSWER_MS);
  });
});

describe("a wait that is over", () => {
  const WAIT_MS = 5_000;

  it("lets new work begin one after the other for a while, so that one record at most is read in vain", async () => {
    await answer(429, { pauseMs: WAIT_MS });
    rig.advance(WAIT_MS + 1);
    const first = await work("end");
    await granted(await begin(first)).answer(200);
    expect(await ask("end")).not.toBeNull();
    await granted(await begin(first)).answer(200);
    expect(await ask("end")).not.toBeNull();
    expect(await ask("agent")).toBeNull();

    rig.advance(1_000);
    const second = granted(await begin(await work("end")));
    rig.advance(1_000);
    expect(await ask("end")).not.toBeNull();
    await second.answer(200);

    rig.advance(10_000);
    const several = [granted(await begin(await work("end"))), granted(await begin(await work("end")))];
    for (const one of several) await one.answer(200);
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
    const probe = granted(await begin(await work("end")));
    expect(await Promise.all([ask("end"), ask("agent"), ask("backfill")])).not.toContain(null);
    await probe.answer(200);
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
