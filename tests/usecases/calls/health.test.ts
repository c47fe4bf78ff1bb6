import { ConnectionHealth } from "@rolodesk/shared/connection-health";
import { afterEach, beforeEach, expect, it } from "vitest";
import { retryFailedRuns } from "../../../server/usecases/sync/retry-failed-runs.ts";
import { viewConnectionHealth } from "../../../server/views/connection-health.ts";
import { mintEmail } from "../../support/ids.ts";
import { createSyncRig, type SyncRig } from "../../support/sync-rig.ts";

let rig: SyncRig;
let connectionId: string;
beforeEach(async () => {
  rig = await createSyncRig();
  connectionId = await rig.connect("hubspot");
  rig.advance(60_000);
});
afterEach(() => rig.close());

async function health(): Promise<ConnectionHealth> {
  return ConnectionHealth.parse(await viewConnectionHealth(rig.deps, await rig.connection(connectionId)));
}

async function endChats(chats: number): Promise<void> {
  for (let chat = 0; chat < chats; chat += 1) await rig.chatAndEnd({ lastName: "Reyes", email: mintEmail() });
}

it("says nothing is wrong where nothing is, and what the CRM allows", async () => {
  expect(await health()).toEqual({
    ...{ state: "answers", until: null, downSince: null, failed: 0, lastError: null, phoneCalls: null, day: null },
    calls: { max: 100, windowMs: 10_000, used: 0 },
    searches: { max: 5, windowMs: 1_000, used: 0 },
    queue: { length: 0, oldestAt: null, nextAt: null },
  });
  await endChats(1);
  await rig.workUntilIdle();
  const { calls, day } = await health();
  expect(calls?.used).toBe(rig.hubspot.journal.entries.filter(({ path }) => !path.endsWith("/search")).length);
  expect(day).toMatchObject({ limit: 250_000, resetsAt: expect.any(String) });
  expect(day?.remaining).toBeLessThan(250_000);
});

it("says since when a CRM does not answer, when it is tried again, and that it answers when it does", async () => {
  const takeBack = rig.hubspot.faults.play({ fault: { kind: "status", status: 503 } });
  const brokeAt = rig.deps.now();
  await endChats(1);
  for (let failures = 1; failures <= 5; failures += 1) {
    await rig.work();
    if (failures < 5) rig.advance(20_000);
  }
  const down = await health();
  expect(down).toMatchObject({
    state: "down",
    queue: { length: 1 },
    lastError: { words: expect.stringMatching(/503/) },
  });
  expect(Date.parse(down.downSince ?? "")).toBeGreaterThanOrEqual(brokeAt.getTime());
  expect(Date.parse(down.until ?? "")).toBeGreaterThan(rig.deps.now().getTime());
  takeBack();
  await rig.workUntilIdle();
  expect(await health()).toMatchObject({ state: "answers", until: null, queue: { length: 0 }, failed: 0 });
});

it("says until when a CRM asked to wait", async () => {
  rig.hubspot.faults.play({ fault: { kind: "status", status: 429, headers: { "retry-after": "30" } }, times: 1 });
  await endChats(1);
  await rig.work();
  const { state, until, queue } = await health();
  expect(state).toBe("waits");
  expect(Date.parse(until ?? "")).toBe(rig.deps.now().getTime() + 30_000);
  expect(queue.length).toBe(1);
});

it("counts the dead letter, which one click empties", async () => {
  const refusal = JSON.stringify({ status: "error", message: "Too long." });
  const takeBack = rig.hubspot.faults.play({
    fault: { kind: "status", status: 400, body: refusal, contentType: "application/json" },
    match: ({ method, path }) => method === "POST" && !path.includes("search"),
  });
  await endChats(3);
  await rig.workUntilIdle();
  expect(await health()).toMatchObject({ failed: 3, lastError: { words: expect.stringMatching(/Too long/) } });
  takeBack();
  expect(await retryFailedRuns(rig.deps, rig.admin, connectionId)).toBe(3);
  await rig.workUntilIdle();
  expect(await health()).toMatchObject({ failed: 0, lastError: null, queue: { length: 0 } });
});
