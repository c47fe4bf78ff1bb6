import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { Fault } from "../../../server/simulators/kit/faults.ts";
import { changeConnection } from "../../../server/usecases/connections/change-connection.ts";
import { checkConnection } from "../../../server/usecases/connections/check-connection.ts";
import { pauseConnection, resumeConnection } from "../../../server/usecases/connections/pause-connection.ts";
import { removeConnection } from "../../../server/usecases/connections/remove-connection.ts";
import { requestSync } from "../../../server/usecases/sync/request-sync.ts";
import { retryRun } from "../../../server/usecases/sync/retry-run.ts";
import { runSync } from "../../../server/usecases/sync/run-sync.ts";
import { sweepStuckRuns } from "../../../server/usecases/sync/sweep-stuck-runs.ts";
import { mintEmail, newId } from "../../support/ids.ts";
import { CRMS } from "../../support/simulated-crms.ts";
import { createSyncRig, type SyncRig } from "../../support/sync-rig.ts";
import { linksOf, peopleIn, takeCalls } from "../../support/sync-state.ts";

let rig: SyncRig;
beforeEach(async () => {
  rig = await createSyncRig();
});
afterEach(() => rig.close());

const refusal = (status: number): Fault => ({
  kind: "status",
  status,
  contentType: "application/json",
  body: JSON.stringify({ message: "No entry.", error: { code: "0x80040220", message: "No entry." } }),
});

const chatAndEnd = () => rig.chatAndEnd({ lastName: "Reyes", email: mintEmail() });
const results = async () => (await rig.runs()).map(({ status, result }) => result ?? status);

describe.each(CRMS)("a connection whose credentials %s refuses", (crm) => {
  it.each([401, 403])(
    "with %i makes no more calls, keeps its queue, and goes on once it is reconnected",
    async (status) => {
      const id = await rig.connect(crm);
      await chatAndEnd();
      await chatAndEnd();
      rig[crm].faults.play({ fault: refusal(status) });
      await rig.work();
      const broken = await rig.connection(id);
      expect(broken).toMatchObject({ status: "needs_reconnect", problem: expect.stringMatching(/./) });
      expect((await rig.runs())[0]).toMatchObject({ status: "queued", reason: broken.problem });

      takeCalls(rig);
      await chatAndEnd();
      rig.advance(10 * 60_000);
      await sweepStuckRuns(rig.deps);
      await rig.workUntilIdle();
      expect(takeCalls(rig)[crm]).toBe(0);
      expect(await results()).toEqual(["queued", "queued", "queued"]);

      rig[crm].faults.clear();
      await changeConnection(rig.deps, rig.admin, id, { credentials: rig.access[crm].credentials });
      expect(await rig.connection(id)).toMatchObject({ status: "active", problem: null });
      await rig.workUntilIdle();
      expect(await results()).toEqual(["created", "created", "created"]);
      expect(peopleIn(rig, crm)).toHaveLength(3);
    },
  );

  it("goes on by itself when a test finds that they work again", async () => {
    const id = await rig.connect(crm);
    await chatAndEnd();
    rig[crm].faults.play({ fault: refusal(401) });
    await rig.work();
    expect(await checkConnection(rig.deps, rig.admin, id)).toMatchObject({ status: "needs_reconnect" });
    rig[crm].faults.clear();
    expect(await checkConnection(rig.deps, rig.admin, id)).toMatchObject({ status: "active", problem: null });
    await rig.workUntilIdle();
    expect(await results()).toEqual(["created"]);
  });
});

describe("reconnecting", () => {
  it("to another account is refused by its name, and changes nothing", async () => {
    const id = await rig.connect("ghl");
    await chatAndEnd();
    await rig.workUntilIdle();
    const before = await rig.connection(id);
    const other = {
      kind: "body" as const,
      body: JSON.stringify({ location: { id: "anotherLocation0001", name: "Elsewhere" } }),
    };
    rig.ghl.faults.play({ fault: other, match: ({ path }) => path.startsWith("/locations/") });
    const change = changeConnection(rig.deps, rig.admin, id, { credentials: rig.access.ghl.credentials });
    await expect(change).rejects.toMatchObject({ code: "conflict", message: expect.stringContaining("Elsewhere") });
    expect(await rig.connection(id)).toEqual(before);
  });

  it("with credentials that do not work says which input to mend", async () => {
    const id = await rig.connect("hubspot");
    const change = changeConnection(rig.deps, rig.admin, id, { credentials: { token: "pat-wrong" } });
    await expect(change).rejects.toMatchObject({
      code: "bad_request",
      fields: { "credentials.token": expect.any(String) },
    });
    expect(await rig.connection(id)).toMatchObject({ status: "active" });
  });

  it("is not undone by a refusal of the old credentials that arrives late", async () => {
    const id = await rig.connect("hubspot");
    await chatAndEnd();
    const other = rig.otherProcess(async () => {
      await changeConnection(rig.deps, rig.admin, id, { credentials: rig.access.hubspot.credentials });
      return Response.json({ message: "expired" }, { status: 401 });
    });
    const [runId = ""] = rig.jobs.keys();
    rig.jobs.clear();
    await runSync(other.deps, { runId });
    expect(await rig.connection(id)).toMatchObject({ status: "active" });
    await rig.workUntilIdle();
    expect(await results()).toEqual(["created"]);
  });
});

describe("a paused connection", () => {
  it("makes no call, keeps what becomes due and goes on in order when it is resumed", async () => {
    const id = await rig.connect("hubspot");
    const waiting = await chatAndEnd();
    await pauseConnection(rig.deps, rig.admin, id);
    await chatAndEnd();
    await rig.workUntilIdle();
    rig.advance(60 * 60_000);
    await sweepStuckRuns(rig.deps);
    await rig.workUntilIdle();
    expect(takeCalls(rig).hubspot).toBe(0);
    const sync = { connectionId: id, requestId: newId() };
    await expect(requestSync(rig.deps, rig.admin, waiting.conversationId, sync)).rejects.toMatchObject({
      code: "conflict",
    });
    const [run] = await rig.runs();
    await expect(retryRun(rig.deps, rig.admin, run?.id ?? "")).rejects.toMatchObject({ code: "conflict" });
    await resumeConnection(rig.deps, rig.admin, id);
    await rig.workUntilIdle();
    expect(await results()).toEqual(["created", "created"]);
  });

  it("stays paused when that was asked for while its test was under way, whatever that finds", async () => {
    const id = await rig.connect("hubspot");
    for (const token of ["valid", "expired"] as const) {
      rig.hubspot.switches.token = token;
      await resumeConnection(rig.deps, rig.admin, id);
      const other = rig.otherProcess(async (send) => {
        await pauseConnection(rig.deps, rig.admin, id);
        return await send();
      });
      await checkConnection(other.deps, rig.admin, id);
      expect(await rig.connection(id)).toMatchObject({ status: "paused" });
    }
  });

  it("is resumed by nobody while it waits for new credentials", async () => {
    const id = await rig.connect("hubspot");
    rig.hubspot.switches.token = "expired";
    await checkConnection(rig.deps, rig.admin, id);
    await expect(resumeConnection(rig.deps, rig.admin, id)).rejects.toMatchObject({ code: "conflict" });
    await expect(pauseConnection(rig.deps, rig.admin, id)).rejects.toMatchObject({ code: "conflict" });
  });
});

describe("a removed connection", () => {
  it("has no credentials left, makes no call, and what it still had to push is said to have failed", async () => {
    const id = await rig.connect("hubspot");
    await chatAndEnd();
    await rig.workUntilIdle();
    await chatAndEnd();
    const before = (await rig.connection(id)).credentials;
    takeCalls(rig);
    await removeConnection(rig.deps, rig.admin, id);
    await chatAndEnd();
    await rig.workUntilIdle();
    expect(takeCalls(rig).hubspot).toBe(0);
    expect(await results()).toEqual(["created", "failed"]);
    expect((await rig.runs())[1]?.reason).toContain("removed");
    await expect(rig.connection(id)).rejects.toThrow();
    expect(await linksOf(rig)).toMatchObject([{ state: "live" }]);
    const [row] = await rig.deps.db.$client`select credentials from connection where id = ${id}`;
    expect(row?.credentials).not.toBe(before);
  });
});
