import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { SyncRunRow } from "../../../server/db/queries/sync-run.ts";
import { MAX_ATTEMPTS } from "../../../server/domain/sync/backoff.ts";
import type { Fault } from "../../../server/simulators/kit/faults.ts";
import { LONGEST_OUTAGE_MS } from "../../../server/usecases/sync/handle-failure.ts";
import { retryRun } from "../../../server/usecases/sync/retry-run.ts";
import { mintEmail } from "../../support/ids.ts";
import { CRMS, type Crm } from "../../support/simulated-crms.ts";
import { createSyncRig, type SyncRig } from "../../support/sync-rig.ts";
import { peopleIn, takeCalls } from "../../support/sync-state.ts";

let rig: SyncRig;
beforeEach(async () => {
  rig = await createSyncRig({ timeoutMs: 1500 });
});
afterEach(() => rig.close());

async function onlyRun(): Promise<SyncRunRow> {
  const [run, another] = await rig.runs();
  if (!run || another) throw new Error("There is one run.");
  return run;
}

const json = (status: number, body: unknown, headers: Record<string, string> = {}): Fault => ({
  kind: "status",
  status,
  contentType: "application/json",
  body: JSON.stringify(body),
  headers,
});

/** Faults that pass by themselves. */
const PASSING: readonly [string, Fault, RegExp][] = [
  ["429 with Retry-After", json(429, {}, { "retry-after": "20" }), /wait|limit|Too Many/i],
  ["429 without", json(429, {}), /wait|limit|Too Many/i],
  ["500", json(500, {}), /not available|500/],
  ["503", { kind: "status", status: 503, body: "<html>sorry</html>" }, /not available|503/],
  ["an HTML page for an answer", { kind: "body", body: "<html>hello</html>", contentType: "text/html" }, /answer/],
  ["half an answer", { kind: "body", body: '{"id": "1", "prop' }, /answer/],
  ["no answer at all", { kind: "hang" }, /did not answer within 1.5 seconds/],
  ["a reset", { kind: "reset" }, /could not be reached/],
  ["a reset after the work", { kind: "reset", after: true }, /could not be reached/],
];

describe.each(CRMS)("a push to %s that meets", (crm: Crm) => {
  it.each(PASSING)("%s waits, says why, and ends well at the next attempt", async (_what, fault, reason) => {
    await rig.connect(crm);
    await rig.chatAndEnd({ lastName: "Reyes", email: mintEmail() });
    rig[crm].faults.play({ fault });
    await rig.work();
    const waiting = await onlyRun();
    expect(waiting).toMatchObject({ status: "waiting", result: null, reason: expect.stringMatching(reason) });
    expect(waiting.nextAttemptAt?.getTime()).toBeGreaterThan(rig.deps.now().getTime());
    rig[crm].faults.clear();
    await rig.workUntilIdle();
    expect(await onlyRun()).toMatchObject({ status: "done", result: "created", reason: null });
    expect(peopleIn(rig, crm)).toHaveLength(1);
  });

  it("a value it refuses goes to the dead letter at once with the CRM's words, and works after retrying", async () => {
    await rig.connect(crm);
    await rig.chatAndEnd({ lastName: "Reyes", email: mintEmail() });
    const refusal =
      crm === "dynamics" ? { error: { code: "0x80044331", message: "Too long." } } : { message: "Too long." };
    const isWrite = ({ method, path }: { method: string; path: string }) =>
      method !== "GET" && !path.includes("search");
    rig[crm].faults.play({ fault: json(400, refusal), match: isWrite });
    await rig.work();
    const failed = await onlyRun();
    expect(failed).toMatchObject({ status: "failed", result: "failed", attempts: 1 });
    expect(failed.reason).toContain("Too long.");
    expect(rig.jobs.size).toBe(0);
    rig[crm].faults.clear();
    await retryRun(rig.deps, rig.admin, failed.id);
    await rig.workUntilIdle();
    expect(await onlyRun()).toMatchObject({ status: "done", result: "created", reason: null });
  });

  it("5xx for ever is tried again with growing gaps and for hours, then kept in the dead letter until somebody retries it", async () => {
    await rig.connect(crm);
    await rig.chatAndEnd({ lastName: "Reyes", email: mintEmail() });
    rig[crm].faults.play({ fault: json(503, {}) });
    const gaps: number[] = [];
    async function attempt(): Promise<void> {
      await rig.work();
      const next = (await onlyRun()).nextAttemptAt?.getTime();
      gaps.push((next ?? 0) - rig.deps.now().getTime());
    }
    for (let rounds = 0; rounds < 10; rounds += 1) {
      await attempt();
      rig.advance(gaps.at(-1) ?? 0);
    }
    expect(await onlyRun()).toMatchObject({
      status: "waiting",
      reason: expect.stringMatching(/ (This|It) is tried again by itself/),
    });
    const growing = gaps.slice(2, 8);
    expect(growing).toEqual(growing.toSorted((a, b) => a - b));
    rig.advance(LONGEST_OUTAGE_MS);
    while (rig.jobs.size > 0) {
      await attempt();
      rig.advance(Math.max(0, gaps.at(-1) ?? 0));
    }
    const dead = await onlyRun();
    expect(dead).toMatchObject({ status: "failed", result: "failed", attempts: MAX_ATTEMPTS });
    expect(dead.reason).not.toBe("");
    rig[crm].faults.clear();
    takeCalls(rig);
    await rig.workUntilIdle();
    expect(takeCalls(rig)[crm]).toBe(0);
    await retryRun(rig.deps, rig.admin, dead.id);
    await rig.workUntilIdle();
    expect(await onlyRun()).toMatchObject({ status: "done", result: "created" });
    await expect(retryRun(rig.deps, rig.admin, dead.id)).rejects.toMatchObject({ code: "conflict" });
  });

  it("a lost answer to an update has updated once", async () => {
    await rig.connect(crm);
    const email = mintEmail();
    rig[crm].seed("contact", crm === "dynamics" ? { emailaddress1: email, lastname: "Reyes" } : { email });
    await rig.chatAndEnd({ email, phone: "+12025550123" });
    const isUpdate = ({ method }: { method: string }) => method === "PATCH" || method === "PUT";
    rig[crm].faults.play({ fault: { kind: "status", status: 504, after: true }, match: isUpdate, times: 1 });
    await rig.workUntilIdle();
    expect(await onlyRun()).toMatchObject({ status: "done", result: "updated", reason: null });
    expect(rig[crm].journal.entries.filter(isUpdate)).toHaveLength(1);
  });
});

describe("a CRM that is down", () => {
  it("delays neither the others nor the chat", async () => {
    for (const crm of CRMS) await rig.connect(crm);
    rig.hubspot.faults.play({ fault: { kind: "hang" } });
    rig.dynamics.faults.play({ fault: { kind: "reset" } });
    const { actor } = await rig.chatAndEnd({ lastName: "Reyes", email: mintEmail() });
    await rig.work();
    await rig.chatAndEnd({ firstName: "Ana" }, actor.visitorId);
    await rig.work();
    expect((await rig.runs()).map(({ status, result }) => [status, result])).toEqual([
      ["waiting", null],
      ["waiting", null],
      ["done", "created"],
      ["waiting", null],
      ["waiting", null],
      ["done", "updated"],
    ]);
  });
});

describe("a CRM that asks to wait", () => {
  it.each(CRMS)("gets no call of anybody's push meanwhile: %s", async (crm) => {
    const connectionId = await rig.connect(crm);
    await rig.chatAndEnd({ lastName: "Reyes", email: mintEmail() });
    rig[crm].faults.play({ fault: json(429, {}, { "retry-after": "30" }), times: 1 });
    await rig.work();
    takeCalls(rig);
    const until = (await rig.connection(connectionId)).waitUntil?.getTime();
    expect(until).toBe(rig.deps.now().getTime() + 30_000);
    for (let second = 0; second < 30; second += 10) {
      await rig.chatAndEnd({ lastName: "Reyes", email: mintEmail() });
      await rig.work();
      rig.advance(9_999);
    }
    expect(takeCalls(rig)[crm]).toBe(0);
    await rig.workUntilIdle();
    const runs = await rig.runs();
    expect(runs.map(({ result, attempts }) => [result, attempts])).toEqual(runs.map(() => ["created", 1]));
  });
});
